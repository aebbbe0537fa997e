//! Which member a reference means.

/// The name of the member that a reference in another one means.
pub(super) fn resolve(from: &str, reference: &str) -> Option<String> {
    let end = reference.find(['#', '?']).unwrap_or(reference.len());
    let path = reference.get(..end)?;
    if path.is_empty() || path.starts_with('/') || path.contains(':') {
        return None;
    }
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        rest = behind;
        if first != b'%' {
            bytes.push(first);
            continue;
        }
        let (digits, behind) = rest.split_at_checked(2)?;
        let value = digits
            .iter()
            .try_fold(0_u32, |sum, &digit| Some(sum * 16 + char::from(digit).to_digit(16)?));
        bytes.push(u8::try_from(value?).ok()?);
        rest = behind;
    }
    let path = String::from_utf8(bytes).ok()?;
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = format!("{folder}/{path}");
    let mut name: Vec<&str> = Vec::new();
    for step in whole.split('/').filter(|step| !step.is_empty() && *step != ".") {
        if step == ".." {
            name.pop()?;
        } else {
            name.push(step);
        }
    }
    Some(name.join("/"))
}
