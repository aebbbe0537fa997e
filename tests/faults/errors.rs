//! A disk that reports errors: an error page, no receipt, and a server that goes on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::sending::Sending;
use crate::storage;
use crate::support::CHEAP;
use crate::support::program::{Installation, Running, Tracer};

/// Where the disk fails, and with what.
const FAULTS: [&str; 6] = [
    "fsync:error=EIO",
    "fsync:error=ENOSPC",
    "pwrite64:error=EIO",
    "pwrite64:error=ENOSPC",
    "pwrite64:error=EIO:when=2+",
    "pwrite64:error=ENOSPC:when=5+",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_disk_gives_an_error_page_and_no_receipt() {
    let installation = Installation::new(CHEAP, |_| {}).await;
    let mut running = installation.start().await;
    let mut codes = BTreeMap::new();
    for fault in FAULTS {
        for with_file in [false, true] {
            let text = format!("Mens disken svigter: {fault}, bilag: {with_file}.");
            let mut draft = Sending::new(&installation, text.clone(), with_file);
            let disk = BrokenDisk::new(&installation, &running, fault, None).await;
            draft.write().await.unwrap();
            assert!(!draft.saved(), "{fault}: a draft that is not on the disk is not answered for");
            disk.mend().await;
            draft.write().await.unwrap();
            assert!(draft.saved(), "{fault}: the server goes on");

            let disk = BrokenDisk::new(&installation, &running, fault, None).await;
            let acknowledged = draft.send().await.unwrap();
            assert!(!acknowledged, "{fault}: nothing is acknowledged that is not on the disk");
            disk.mend().await;
            assert!(running.lives(), "{fault}");
            codes.insert(draft.settle(&installation).await, text);
        }
    }
    running.kill();
    let running = installation.start().await;
    every_code_opens(&installation, &codes).await;
    storage::is_whole(&installation).await;
    running.stop().await;
    println!("faults: {} failing disks gave error pages, no receipt and no loss", 2 * codes.len());
}

/// Where the folder of attachments fails.
const FOLDER_FAULTS: [&str; 4] =
    ["fsync:error=EIO", "fsync:error=ENOSPC", "rename:error=EIO", "rename:error=ENOSPC"];

#[tokio::test(flavor = "multi_thread")]
async fn an_attachment_whose_name_is_not_on_the_disk_is_not_taken_and_the_words_are() {
    let installation = Installation::new(CHEAP, |_| {}).await;
    let running = installation.start().await;
    let objects = installation.config.objects();
    for fault in FOLDER_FAULTS {
        let text = format!("Bilaget når ikke frem: {fault}.");
        let mut draft = Sending::new(&installation, text, true);
        // A rename names two files of the folder and not the folder.
        let only = fault.starts_with("fsync").then_some(objects.as_path());
        let disk = BrokenDisk::new(&installation, &running, fault, only).await;
        draft.write().await.unwrap();
        disk.mend().await;
        assert!(draft.saved(), "{fault}: words go through");
        assert!(draft.refused(), "{fault}: the file is shown as not taken");
        draft.settle(&installation).await;
    }
    running.kill();
    let running = installation.start().await;
    storage::is_whole(&installation).await;
    running.stop().await;
    println!("faults: {} failing names of an attachment gave no attachment", FOLDER_FAULTS.len());
}

/// A disk on which some calls fail, as long as this value lives.
struct BrokenDisk {
    tracer: Tracer,
    trace: PathBuf,
    fault: String,
}

impl BrokenDisk {
    async fn new(
        installation: &Installation,
        running: &Running,
        fault: &str,
        only: Option<&Path>,
    ) -> BrokenDisk {
        let (call, _) = fault.split_once(':').unwrap();
        let (shown, inject) = (format!("trace={call}"), format!("inject={fault}"));
        let mut arguments = vec!["-e", &shown, "-e", &inject];
        if let Some(path) = only {
            arguments.extend(["-P", path.to_str().unwrap()]);
        }
        let trace = installation.folder.path().join("fault");
        let tracer = Tracer::attach(running, &arguments, &trace).await;
        BrokenDisk { tracer, trace, fault: fault.to_owned() }
    }

    async fn mend(self) {
        self.tracer.detach().await;
        let trace = std::fs::read_to_string(self.trace).unwrap();
        assert!(trace.contains("(INJECTED)"), "{}: the disk did fail", self.fault);
    }
}

pub async fn every_code_opens(installation: &Installation, codes: &BTreeMap<String, String>) {
    for (code, text) in codes {
        let mut browser = installation.reporter();
        browser.get("/sign-in").await;
        let page = browser.submit("/sign-in", &[("code", code)]).await;
        assert!(page.all(".dialogue .typed").contains(text), "{text:?}: {}", page.text());
    }
}
