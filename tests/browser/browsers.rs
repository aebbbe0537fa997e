//! Which browsers, set up how.

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::support::{HANDLER_HOST, REPORTER_HOST};
use crate::webdriver::Session;

/// Nothing listens there: whatever a browser asks of other hosts ends at once.
const NOWHERE: u16 = 9;

/// Firefox like Tor Browser at its safest level: no script, no SVG, no web fonts,
/// nothing kept. Through `socks`, if given, which then also resolves names.
pub fn firefox_at_safest(socks: Option<SocketAddr>) -> Session {
    let safest = json!({
        "javascript.enabled": false,
        "svg.disabled": true,
        "mathml.disabled": true,
        "gfx.downloadable_fonts.enabled": false,
        "gfx.font_rendering.opentype_svg.enabled": false,
        "gfx.font_rendering.graphite.enabled": false,
        "javascript.options.wasm": false,
        "media.peerconnection.enabled": false,
        "dom.serviceWorkers.enabled": false,
        "browser.privatebrowsing.autostart": true,
        "browser.formfill.enable": false,
        "signon.rememberSignons": false,
        "privacy.resistFingerprinting": true,
        "privacy.firstparty.isolate": true,
        "network.cookie.cookieBehavior": 1,
        "network.http.referer.hideOnionSource": true,
        "network.dns.blockDotOnion": false,
        "dom.securecontext.allowlist_onions": true,
        "dom.security.https_only_mode": false,
        "dom.security.https_first": false,
    });
    firefox(safest, socks)
}

/// The same pages with scripts, for a tool that needs them, for somebody who reads `language`.
pub fn firefox_with_scripts(language: &str) -> Session {
    firefox(json!({ "intl.accept_languages": language }), None)
}

fn firefox(mut prefs: Value, socks: Option<SocketAddr>) -> Session {
    let downloads = tempfile::tempdir().unwrap();
    let quiet = json!({
        "app.update.disabledForTesting": true,
        "browser.safebrowsing.malware.enabled": false,
        "browser.safebrowsing.phishing.enabled": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "toolkit.telemetry.enabled": false,
        "network.proxy.type": 1,
    });
    let keeps = json!({
        "browser.download.folderList": 2,
        "browser.download.dir": downloads.path(),
        "browser.download.useDownloadDir": true,
        "browser.download.always_ask_before_handling_new_types": false,
        "browser.download.alwaysOpenPanel": false,
        "browser.helperApps.neverAsk.saveToDisk": "image/jpeg,application/pdf",
        "pdfjs.disabled": true,
    });
    let ours = [REPORTER_HOST, HANDLER_HOST].join(",");
    let way = match socks {
        Some(socks) => json!({
            "network.proxy.socks": socks.ip().to_string(),
            "network.proxy.socks_port": socks.port(),
            "network.proxy.socks_version": 5,
            "network.proxy.socks_remote_dns": true,
            "network.proxy.allow_hijacking_localhost": true,
        }),
        None => json!({
            "network.proxy.http": "127.0.0.1",
            "network.proxy.http_port": NOWHERE,
            "network.proxy.ssl": "127.0.0.1",
            "network.proxy.ssl_port": NOWHERE,
            // The mirror's names are this machine's.
            "network.proxy.no_proxies_on": ours,
            "network.dns.localDomains": ours,
        }),
    };
    let all = prefs.as_object_mut().unwrap();
    for more in [quiet, keeps, way] {
        all.extend(more.as_object().unwrap().clone());
    }
    let capabilities = json!({
        "browserName": "firefox",
        // The mirror's certificate is of the test's own making.
        "acceptInsecureCerts": true,
        "moz:firefoxOptions": { "args": ["-headless"], "prefs": prefs },
    });
    let session = Session::start(
        &["geckodriver", "--allow-system-access"],
        "the Debian package firefox-esr and tests/browser/tools",
        &capabilities,
        downloads,
    );
    // Tor Browser's letterbox.
    session.resize(1000, 900);
    session
}

/// Chromium without scripts, as narrow as a small phone, for somebody who reads `language`.
/// Through a proxy, if given.
pub fn chromium_like_a_phone(proxy: Option<SocketAddr>, language: &str) -> Session {
    let downloads = tempfile::tempdir().unwrap();
    // The mirror's names are this machine's, and nothing else is anywhere.
    let names = format!(
        "--host-resolver-rules=MAP {REPORTER_HOST} 127.0.0.1, MAP {HANDLER_HOST} 127.0.0.1, \
         MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    );
    let mut args = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--window-size=360,740".to_owned(),
        names,
    ];
    if let Some(proxy) = proxy {
        args.push(format!("--proxy-server=http://{proxy}"));
        // Also to this machine.
        args.push("--proxy-bypass-list=<-loopback>".to_owned());
    }
    let capabilities = json!({
        "browserName": "chrome",
        // The mirror's certificate is of the test's own making.
        "acceptInsecureCerts": true,
        "goog:chromeOptions": {
            "args": args,
            "prefs": {
                "profile.managed_default_content_settings.javascript": 2,
                "intl.accept_languages": language,
                "download.default_directory": downloads.path(),
                "download.prompt_for_download": false,
                "plugins.always_open_pdf_externally": true,
            },
        },
    });
    let session = Session::start(
        &["chromedriver"],
        "the Debian packages chromium and chromium-driver",
        &capabilities,
        downloads,
    );
    session.resize(360, 740);
    session
}
