//! nginx with the configuration that is shipped: ports and paths are the test's, the
//! rest is byte for byte the file.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::certificate::Certificate;

const SHIPPED: &str = include_str!("../../deploy/nginx.conf");

pub struct Nginx {
    folder: tempfile::TempDir,
    pub port: u16,
    pub certificate: Certificate,
}

impl Nginx {
    /// Starts nginx before whatever listens at `upstream`.
    pub fn before(upstream: &str) -> Nginx {
        Nginx::changed(upstream, |shipped| shipped)
    }

    /// Starts nginx with a change to the shipped file: only to see that a test can fail.
    pub fn changed(upstream: &str, change: impl FnOnce(String) -> String) -> Nginx {
        let folder = tempfile::tempdir().unwrap();
        // Its workers are another user when the tests run as root.
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let certificate = Certificate::make(folder.path(), "sluse");
        let port = free_port();
        let here = folder.path().display();
        let mut settings = change(SHIPPED.to_owned());
        for (shipped, ours) in [
            ("/run/nginx", format!("{here}/nginx")),
            ("/etc/nginx/sluse", format!("{here}/sluse")),
            ("listen 443 ", format!("listen 127.0.0.1:{port} ")),
            ("listen [::]:443 ", format!("listen [::1]:{port} ")),
            ("http://127.0.0.1:8080", upstream.to_owned()),
        ] {
            assert!(settings.contains(shipped), "{shipped} is in the shipped file");
            settings = settings.replace(shipped, &ours);
        }
        std::fs::write(folder.path().join("nginx.conf"), settings).unwrap();
        let nginx = Nginx { folder, port, certificate };
        // It goes to the background when it listens.
        nginx.run(&[]);
        nginx
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, arguments: &[&str]) {
        let done = Command::new(path())
            .arg("-c")
            .arg(self.folder().join("nginx.conf"))
            .args(arguments)
            .output()
            .expect("`nginx`: install the Debian package nginx-light");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Its processes that speak with people.
    pub fn workers(&self) -> Vec<u32> {
        let master = std::fs::read_to_string(self.folder().join("nginx.pid")).unwrap();
        let master = master.trim();
        let children = format!("/proc/{master}/task/{master}/children");
        let children = std::fs::read_to_string(children).unwrap();
        children.split_whitespace().map(|id| id.parse().unwrap()).collect()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        self.run(&["-s", "stop"]);
        super::patience::until("nginx ends", || !self.folder().join("nginx.pid").exists());
    }
}

/// Debian has it where only root looks.
fn path() -> PathBuf {
    let debian = PathBuf::from("/usr/sbin/nginx");
    if debian.exists() { debian } else { PathBuf::from("nginx") }
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
