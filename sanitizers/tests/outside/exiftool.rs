//! ExifTool as a second witness.

use std::io::Write;
use std::process::{Command, Stdio};

/// Groups that describe the file itself or what is computed from it.
const OWN_GROUPS: [&str; 3] = ["ExifTool", "System", "Composite"];
/// Tags that are part of showing the picture.
const NEEDED: [&str; 24] = [
    "File:FileType",
    "File:FileTypeExtension",
    "File:MIMEType",
    "File:ExifByteOrder",
    "File:ImageWidth",
    "File:ImageHeight",
    "File:EncodingProcess",
    "File:BitsPerSample",
    "File:ColorComponents",
    "File:YCbCrSubSampling",
    "JFIF:JFIFVersion",
    "JFIF:ResolutionUnit",
    "JFIF:XResolution",
    "JFIF:YResolution",
    "IFD0:Orientation",
    "Adobe:DCTEncodeVersion",
    "Adobe:APP14Flags0",
    "Adobe:APP14Flags1",
    "Adobe:ColorTransform",
    "ICC-header:",
    "ICC_Profile:",
    "ICC-cicp:",
    "ICC-meas:",
    "ICC-view:",
];

/// The tags in a picture that are not needed to show it, with their values.
pub(crate) fn identifying(picture: &[u8]) -> Vec<String> {
    let says_something = |(name, value): &(String, String)| {
        let group = name.split(':').next().unwrap_or_default();
        let needed = NEEDED.iter().any(|needed| name.starts_with(needed));
        !(OWN_GROUPS.contains(&group) || needed && is_neutral(name, value))
    };
    let found = tags(picture).into_iter().filter(says_something);
    found.map(|(name, value)| format!("{name}={value}")).collect()
}

/// Fields of a colour profile that name a device or a day must say nothing.
fn is_neutral(name: &str, value: &str) -> bool {
    match name.strip_prefix("ICC-header:").or(name.strip_prefix("ICC_Profile:")) {
        Some("ProfileDateTime") => value == "0000:00:00 00:00:00",
        Some("ProfileID") => value == "0" || value.is_empty(),
        Some("DeviceManufacturer" | "DeviceModel" | "ProfileCreator" | "ProfileCMMType") => {
            value.is_empty()
        }
        Some("PrimaryPlatform") => value == "Unknown ()" || value.is_empty(),
        Some("ProfileDescription") => value == "colour",
        Some("ProfileCopyright") => value == "none",
        _ => true,
    }
}

/// The value of one tag.
pub(crate) fn value(picture: &[u8], name: &str) -> Option<String> {
    tags(picture).into_iter().find(|(tag, _)| tag == name).map(|(_, value)| value)
}

/// The picture with tags written into it.
pub(crate) fn write(picture: &[u8], tags: &[&str]) -> Vec<u8> {
    run(picture, &[tags, &["-o", "-", "-"]].concat())
}

/// Every tag as group and name, with its value.
fn tags(picture: &[u8]) -> Vec<(String, String)> {
    let output = run(picture, &["-a", "-G1", "-s", "-ee", "-u", "-"]);
    let parse = |line: &str| {
        let (group, rest) = line.strip_prefix('[')?.split_once(']')?;
        let (tag, value) = rest.split_once(':')?;
        Some((format!("{group}:{}", tag.trim()), value.trim().to_owned()))
    };
    String::from_utf8_lossy(&output).lines().filter_map(parse).collect()
}

fn run(picture: &[u8], arguments: &[&str]) -> Vec<u8> {
    let mut child = Command::new("exiftool")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("exiftool is missing: install the package libimage-exiftool-perl");
    let mut stdin = child.stdin.take().unwrap();
    let picture = picture.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&picture));
    let output = child.wait_with_output().unwrap();
    // It may stop reading before the end; what it has read is in its answer.
    drop(writer.join());
    output.stdout
}
