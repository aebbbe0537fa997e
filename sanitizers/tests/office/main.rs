//! Office documents through the front door.
//!
//! Other programs are the witnesses: `LibreOffice` opens original and copy, `pdftotext` reads
//! what it shows of them, and `ExifTool` looks for what it knows to identify.

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod docx;
#[cfg(test)]
mod package;
#[cfg(test)]
mod pptx;
#[cfg(test)]
mod witness;
#[cfg(test)]
mod xlsx;

/// Cleans as the portal does.
#[cfg(test)]
fn clean_with_report(
    file: &[u8],
) -> Result<(Vec<u8>, sluse_sanitizers::Report), sluse_sanitizers::Refusal> {
    let mut copy = Vec::new();
    let limits = sluse_sanitizers::Limits::default();
    let report = sluse_sanitizers::sanitize(&mut std::io::Cursor::new(file), &mut copy, &limits)?;
    Ok((copy, report))
}

/// Cleans a file that must be accepted.
#[cfg(test)]
fn clean(file: &[u8]) -> Vec<u8> {
    clean_with_report(file).expect("the file should be accepted").0
}
