//! What stands in front of the clusters: the head, where parts are, the film as a whole, its
//! tracks, and places to begin with.

use super::cluster::Cue;
use super::segment::Film;
use super::track::Track;
use super::{ids, info, write};
use crate::{Kind, Refusal};

/// The format: `WebM` if it said so and has nothing that `WebM` has not.
pub(super) fn kind(is_webm: bool, tracks: &[Track]) -> Kind {
    let fits = tracks.iter().all(|track| track.codec.is_webm());
    if is_webm && fits { Kind::Webm } else { Kind::Mkv }
}

/// All that is written in front of the clusters.
pub(super) fn written(kind: Kind, film: &Film) -> Result<Vec<u8>, Refusal> {
    let info = info::written(film.unit, film.clusters.length);
    let tracks = (1..).zip(&film.tracks).flat_map(|(number, track)| track.written(number));
    let tracks = write::element(ids::TRACKS, &tracks.collect::<Vec<_>>());
    let cues = &film.clusters.cues;
    // The places have eight bytes each, so that no length depends on them.
    let sizes = [info.len(), tracks.len()];
    let seek = seek_head(&[0; 3], !cues.is_empty()).len();
    let [info_at, tracks_at] = [seek, seek + sizes[0]];
    let cues_at = tracks_at + sizes[1];
    let clusters_at = cues_at + written_cues(cues, 0).len();
    let seek = seek_head(&[info_at, tracks_at, cues_at], !cues.is_empty());
    let body = [seek, info, tracks, written_cues(cues, clusters_at as u64)].concat();
    if body.len() != clusters_at {
        return Err(Refusal::Internal);
    }
    let size = film.clusters.bytes() + body.len() as u64;
    let head = info::written_head(kind == Kind::Webm);
    Ok([head, write::head(ids::SEGMENT, size), body].concat())
}

/// Says where `Info`, `Tracks` and `Cues` are.
fn seek_head(places: &[usize; 3], has_cues: bool) -> Vec<u8> {
    let parts = [ids::INFO, ids::TRACKS, ids::CUES];
    let count = if has_cues { 3 } else { 2 };
    let one = |(id, place): (u32, &usize)| {
        let id = write::element(ids::SEEK_ID, &id.to_be_bytes());
        let place = write::place(ids::SEEK_POSITION, *place as u64);
        write::element(ids::SEEK, &[id, place].concat())
    };
    let all: Vec<u8> = parts.into_iter().zip(places).take(count).flat_map(one).collect();
    write::element(ids::SEEK_HEAD, &all)
}

/// `Cues`, with clusters that begin at this place; nothing if there are none.
fn written_cues(cues: &[Cue], clusters: u64) -> Vec<u8> {
    if cues.is_empty() {
        return Vec::new();
    }
    let one = |cue: &Cue| {
        let place = write::place(ids::CUE_CLUSTER, clusters + cue.place);
        let positions = [write::unsigned(ids::CUE_TRACK, cue.track), place].concat();
        let positions = write::element(ids::CUE_POSITIONS, &positions);
        write::element(
            ids::CUE_POINT,
            &[write::unsigned(ids::CUE_TIME, cue.time), positions].concat(),
        )
    };
    let all: Vec<u8> = cues.iter().flat_map(one).collect();
    write::element(ids::CUES, &all)
}
