//! Films and recordings in MP4, `QuickTime` and Matroska through the front door, with `FFmpeg`,
//! `ExifTool` and `MediaInfo` as witnesses.

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod large;
#[cfg(test)]
mod made;
#[cfg(test)]
mod matroska;
#[cfg(test)]
mod mutated;
#[cfg(test)]
mod tools;
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
