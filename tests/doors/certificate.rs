//! A certificate that only the test trusts, made by `openssl`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{HANDLER_HOST, REPORTER_HOST};

/// A self-signed certificate and its key.
pub struct Certificate {
    pub chain: PathBuf,
    pub key: PathBuf,
}

impl Certificate {
    /// Makes `NAME.crt` and `NAME.key` in `folder`.
    pub fn make(folder: &Path, name: &str) -> Certificate {
        let settings = folder.join(format!("{name}.cnf"));
        let (chain, key) = (folder.join(format!("{name}.crt")), folder.join(format!("{name}.key")));
        std::fs::write(
            &settings,
            format!(
                "[req]\nprompt = no\ndistinguished_name = name\nx509_extensions = use\n\
                 [name]\nCN = {REPORTER_HOST}\n\
                 [use]\nbasicConstraints = critical, CA:FALSE\n\
                 subjectAltName = DNS:{REPORTER_HOST}, DNS:{HANDLER_HOST}\n"
            ),
        )
        .unwrap();
        let made = openssl()
            .args(["req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"])
            .args(["-pkeyopt", "ec_paramgen_curve:P-256", "-config"])
            .arg(settings)
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&chain)
            .output();
        let made = made.expect("`openssl`: install the Debian package openssl");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Certificate { chain, key }
    }
}

/// The program that knows every version of TLS.
pub fn openssl() -> Command {
    Command::new("openssl")
}
