//! Memory of the portal's process while many large files come in at once.

use std::sync::Arc;

use image::{ImageFormat, Rgb, RgbImage};

use crate::process::{Peak, memory};
use crate::reporter::report;
use crate::support::CHEAP;
use crate::support::browser::Upload;
use crate::support::program::Installation;
use crate::table::Table;

const UPLOADS: usize = 20;
const BYTES: usize = 40 << 20;
const MOST: u64 = 64 << 20;

pub async fn measure(table: &mut Table) {
    let photo = Arc::new(photo());
    let installation = Arc::new(Installation::new(CHEAP, |_| {}).await);
    let running = installation.start().await;
    // What a first report and a first file make the process load belongs to being idle.
    let small = crate::support::pictures::photo();
    report(&installation, "Den første.", &[Upload { name: "a.jpg", bytes: &small }]).await;
    let idle = memory(running.pid());
    let peak = Peak::of(running.pid());
    let crowd = (0..UPLOADS).map(|_| {
        let (installation, photo) = (installation.clone(), photo.clone());
        tokio::spawn(async move {
            let files = [Upload { name: "stort.jpg", bytes: &photo }];
            report(&installation, "Et stort billede.", &files).await;
        })
    });
    for one in futures::future::join_all(crowd).await {
        one.unwrap();
    }
    let more = peak.bytes().saturating_sub(idle);
    let what = format!("memory for {UPLOADS} uploads of {} MiB at once", photo.len() >> 20);
    let measured = format!("{} MiB above {} MiB", more >> 20, idle >> 20);
    table.line(&what, &measured, Some(("at most 64 MiB above idle", more <= MOST)));
    running.stop().await;
}

/// A photograph of noise, with bytes behind its end up to a size that can be compared.
fn photo() -> Vec<u8> {
    let mut state = 1_u32;
    let mut random = || {
        // xorshift (Marsaglia, 2003): noise enough that nothing of it compresses.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    let picture = RgbImage::from_fn(6000, 3500, |_, _| Rgb([random(), random(), random()]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let mut bytes = bytes.into_inner();
    println!("the photograph has {} MiB before it is filled up", bytes.len() >> 20);
    bytes.resize(bytes.len().max(BYTES), 0);
    bytes
}
