//! Tables, web pages, mails, archives and books through the front door.

#[cfg(test)]
mod archive;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod csv;
#[cfg(test)]
mod epub;
#[cfg(test)]
mod html;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod witness;

/// Cleans `file` as the portal does.
#[cfg(test)]
fn clean_with_report(
    file: &[u8],
) -> Result<(Vec<u8>, sluse_sanitizers::Report), sluse_sanitizers::Refusal> {
    let mut clean = Vec::new();
    let limits = sluse_sanitizers::Limits::default();
    let report = sluse_sanitizers::sanitize(&mut std::io::Cursor::new(file), &mut clean, &limits)?;
    Ok((clean, report))
}

/// Cleans a file that must be accepted.
#[cfg(test)]
fn clean(file: &[u8]) -> Vec<u8> {
    clean_with_report(file).expect("the file should be accepted").0
}
