//! html-validate: whether pages are HTML as it is specified.

use std::path::Path;
use std::process::Command;

/// Checks every page in a folder, as it was sent.
pub fn finds_nothing(folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tool =
        root.join("target/tools/html-validate/node_modules/html-validate/bin/html-validate.mjs");
    assert!(tool.exists(), "{}: run tests/browser/tools", tool.display());
    let output = Command::new("node")
        .arg(tool)
        .arg("--config")
        .arg(root.join("tests/browser/validate/config.mjs"))
        .args(["--formatter", "text", "--max-warnings", "0"])
        .arg(folder)
        .output()
        .expect("`node`: install the Debian package npm");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
