//! What `strace` saw, in order.

use std::collections::BTreeMap;
use std::path::Path;

/// One system call.
#[derive(Clone, Debug)]
pub struct Call {
    pub thread: u32,
    pub name: String,
    pub arguments: String,
    /// What it returned; empty if it never did.
    pub result: String,
    /// Lines of the trace on which it began and ended.
    pub begun: usize,
    pub ended: usize,
}

/// Reads a trace. A call that another thread interrupted stands on two lines.
pub fn read(path: &Path) -> Vec<Call> {
    let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let mut calls: Vec<Call> = Vec::new();
    let mut open: BTreeMap<u32, usize> = BTreeMap::new();
    for (line, text) in text.lines().enumerate() {
        let Some((thread, rest)) = text.split_once(' ') else { continue };
        let (Ok(thread), rest) = (thread.parse(), rest.trim_start()) else { continue };
        if let Some(resumed) = rest.strip_prefix("<... ") {
            let Some(at) = open.remove(&thread) else { continue };
            let Some((_, rest)) = resumed.split_once(" resumed>") else { continue };
            let (arguments, result) = rest.rsplit_once(" = ").unwrap_or((rest, ""));
            calls[at].arguments.push_str(arguments);
            result.clone_into(&mut calls[at].result);
            calls[at].ended = line;
        } else if let Some((name, rest)) = rest.split_once('(') {
            let unfinished = rest.strip_suffix(" <unfinished ...>");
            let (arguments, result) = unfinished
                .map_or_else(|| rest.rsplit_once(" = ").unwrap_or((rest, "")), |a| (a, ""));
            if unfinished.is_some() {
                open.insert(thread, calls.len());
            }
            calls.push(Call {
                thread,
                name: name.to_owned(),
                arguments: arguments.to_owned(),
                result: result.to_owned(),
                begun: line,
                ended: line,
            });
        }
    }
    calls
}

impl Call {
    /// Whether it is one of these calls, on a file whose path contains `path`.
    pub fn is(&self, names: &[&str], path: &str) -> bool {
        names.contains(&self.name.as_str()) && self.arguments.contains(path)
    }
}
