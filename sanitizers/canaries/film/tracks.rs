//! Hiding places in tracks: heads, tables, descriptions, and whole tracks.

use super::super::flac;
use super::build::{
    Film, PICTURE, SEQUENCE, Track, avc, avc_of, bx, esds, full, hevc, numbers, pictures as entry,
    sound, table, unit,
};
use super::*;

/// Anna's dates, as a number and a time of four letters each.
fn four(token: &Token, at: usize) -> u32 {
    u32::from_be_bytes(token.bytes()[at..at + 4].try_into().unwrap())
}

/// A film with a third track, which says that it is about the first.
fn with(token: &Token, track: Track) -> Vec<u8> {
    film(token, |film| film.tracks.push(track))
}

/// A track of another sort whose samples are the token.
fn other(token: &Token, handler: [u8; 4], coding: &[u8; 4]) -> Vec<u8> {
    let description = bx(coding, &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &[0; 40]].concat());
    with(token, Track::of(handler, description, vec![token.bytes().to_vec()]))
}

/// The first track described in this way.
fn described(token: &Token, description: Vec<u8>) -> Vec<u8> {
    pictures(token, |track| track.entry = description)
}

/// A film whose sound is described in this way.
fn sounding(token: &Token, description: Vec<u8>) -> Vec<u8> {
    film(token, |film| film.tracks[1].entry = description)
}

pub(super) fn rows() -> Vec<Row> {
    [heads(), tables(), descriptions(), sounds(), whole(), refused()]
        .into_iter()
        .flatten()
        .collect()
}

fn heads() -> Vec<Row> {
    vec![
        row!("tkhd and mdhd, dates", Cleaned, |t| pictures(t, |track| {
            track.dates = [four(t, 0), four(t, 4)];
            track.inside = bx(b"free", &t.bytes());
        })),
        row!("hdlr, name", Cleaned, |t| pictures(t, |track| {
            track.handler_name = [t.hidden().as_bytes(), &[0]].concat();
        })),
        row!("tkhd, matrix", CONSTRUCT, |t| pictures(t, |track| {
            for at in 0..4 {
                track.matrix[at] = four(t, 4 * at);
            }
        })),
        row!("udta of a track", Cleaned, |t| pictures(t, |track| {
            track.inside = bx(b"udta", &bx(b"name", &t.bytes()));
        })),
        row!("meta of a track", Cleaned, |t| pictures(t, |track| track.inside = keys(t))),
        row!("uuid of a track", Cleaned, |t| pictures(t, |track| {
            track.inside = identified(*b"anna", t);
        })),
        row!("references of a track", Cleaned, |t| pictures(t, |track| {
            track.inside = bx(b"tref", &bx(b"anna", &t.bytes()));
            track.in_media = bx(b"free", &[1]);
        })),
        row!("clean aperture of a track", Cleaned, |t| pictures(t, |track| {
            track.inside = [bx(b"tapt", &full(b"clef", &t.bytes())), bx(b"anna", &[])].concat();
        })),
        row!("unknown box of a medium", Cleaned, |t| pictures(t, |track| {
            track.in_media = bx(b"anna", &t.bytes());
        })),
        row!("unknown box of its information", Cleaned, |t| pictures(t, |track| {
            track.in_information = bx(b"anna", &t.bytes());
        })),
        row!("head of other media", CleanedSilently, |t| pictures(t, |track| {
            track.in_information = bx(b"gmhd", &bx(b"gmin", &t.bytes()));
        })),
        row!("name of the own file", CleanedSilently, |t| pictures(t, |track| {
            track.reference = full(b"url ", &t.bytes());
            track.reference[11] = 1;
        })),
        row!("edit list, behind its rows", CleanedSilently, |t| pictures(t, |track| {
            let list = [numbers(&[1, 1000, 0, 0x1_0000]), t.bytes().to_vec()].concat();
            track.inside = bx(b"edts", &full(b"elst", &list));
        })),
    ]
}

fn tables() -> Vec<Row> {
    vec![
        row!("times of samples that are not there", Cleaned, |t| pictures(t, |track| {
            let rows = [2, 500, four(t, 0), four(t, 4), four(t, 8), four(t, 12)];
            track.times = Some(table(b"stts", 3, &rows));
        })),
        row!("places of chunks that are not there", Cleaned, |t| pictures(t, |track| {
            track.more_places = (0..4).map(|at| four(t, 4 * at)).collect();
        })),
        row!("samples to begin with that are not there", VALUE, |t| pictures(t, |track| {
            track.in_tables = table(b"stss", 2, &[1, four(t, 0)]);
            track.inside = bx(b"free", &t.bytes());
        })),
        row!("bytes behind a table", CleanedSilently, |t| pictures(t, |track| {
            track.in_tables = full(b"stss", &[&numbers(&[1, 1])[..], &t.bytes()].concat());
        })),
        row!("what samples depend on", CleanedSilently, |t| pictures(t, |track| {
            track.in_tables = full(b"sdtp", &t.bytes());
        })),
        row!("groups of samples", CleanedSilently, |t| pictures(t, |track| {
            track.in_tables = full(b"sgpd", &[&b"roll"[..], &t.bytes()].concat());
        })),
        row!("data for parts of samples", CleanedSilently, |t| pictures(t, |track| {
            track.in_tables = full(b"subs", &t.bytes());
        })),
        row!("unknown table", Cleaned, |t| pictures(t, |track| {
            track.in_tables = bx(b"anna", &t.bytes());
        })),
    ]
}

fn descriptions() -> Vec<Row> {
    vec![
        row!("name of the coder", Cleaned, |t| {
            let name = [&[16], t.hidden().as_bytes()].concat();
            described(t, entry(b"avc1", &name, &[bx(b"avcC", &avc())]))
        }),
        row!("version, maker and quality", Cleaned, |t| {
            let mut description = entry(b"avc1", &[], &[bx(b"avcC", &avc())]);
            description[16..32].copy_from_slice(&t.bytes());
            described(t, description)
        }),
        row!("description of no sample", Cleaned, |t| pictures(t, |track| {
            let set = [&[0xA2, 0, 1, 0, 18, 0x44, 1][..], &t.bytes()].concat();
            track.more_entries = vec![entry(b"hvc1", &[], &[bx(b"hvcC", &hevc(&[set]))])];
        })),
        row!("unknown box of a description", Cleaned, |t| {
            let parts = [bx(b"avcC", &avc()), bx(b"anna", &t.bytes())];
            described(t, entry(b"avc1", &[], &parts))
        }),
        row!("second view of a description", Cleaned, |t| {
            let parts = [bx(b"avcC", &avc()), bx(b"vexu", &bx(b"eyes", &t.bytes()))];
            described(t, entry(b"avc1", &[], &parts))
        }),
        row!("profile of a screen", Cleaned, |t| {
            let profile = [&b"prof"[..], &t.bytes()].concat();
            described(t, entry(b"avc1", &[], &[bx(b"avcC", &avc()), bx(b"colr", &profile)]))
        }),
        row!("colours of a master screen", Cleaned, |t| {
            let screen = bx(b"mdcv", &[&t.bytes()[..], &[0; 8]].concat());
            described(t, entry(b"avc1", &[], &[bx(b"avcC", &avc()), screen]))
        }),
        row!("avcC, behind the end of a set", LENGTH, |t| {
            let set = [PICTURE, &t.bytes()].concat();
            described(t, entry(b"avc1", &[], &[bx(b"avcC", &avc_of(SEQUENCE, &set))]))
        }),
        row!("avcC, set that is none", LENGTH, |t| {
            let set = [&[0x67], &t.bytes()[..]].concat();
            described(t, entry(b"avc1", &[], &[bx(b"avcC", &avc_of(&set, PICTURE))]))
        }),
        row!("avcC, behind the sets", Cleaned, |t| {
            let settings = [avc(), t.bytes().to_vec()].concat();
            described(t, entry(b"avc1", &[], &[bx(b"avcC", &settings)]))
        }),
        row!("avcC, sets of planes beside", Cleaned, |t| {
            let mut settings = [avc(), vec![0xFD, 0xF8, 0xF8, 1, 0, 17, 0x6D]].concat();
            settings[1] = 100;
            settings.extend(t.bytes());
            described(t, entry(b"avc1", &[], &[bx(b"avcC", &settings)]))
        }),
        row!("hvcC, messages", Cleaned, |t| {
            let message = build::messages(&[(5, &t.bytes())]);
            let set = [&[0x4E, 1], &message[..]].concat();
            let length = u16::try_from(set.len()).unwrap().to_be_bytes();
            let array = [&[0xA7, 0, 1], &length[..], &set].concat();
            hevc_film(t, &hevc(&[array]), &[])
        }),
        row!("hvcC, sets of another view", Cleaned, |t| {
            let set = [&[0x42, 9][..], &t.bytes()].concat();
            let array = [&[0xA1, 0, 1, 0, 18][..], &set].concat();
            hevc_film(t, &hevc(&[array]), &[])
        }),
        row!("hvcC, behind the sets", Cleaned, |t| {
            hevc_film(t, &[hevc(&[]), t.bytes().to_vec()].concat(), &[])
        }),
        row!("shape of a pixel", VALUE, |t| {
            let shape = bx(b"pasp", &t.bytes()[..8]);
            described(t, entry(b"avc1", &t.bytes(), &[bx(b"avcC", &avc()), shape]))
        }),
        row!("fields of a picture", Refused(Refusal::Damaged(Damage::Value)), |t| {
            described(t, entry(b"avc1", &[], &[bx(b"avcC", &avc()), bx(b"fiel", &t.bytes())]))
        }),
    ]
}

/// A film in H.265 with these units behind the first.
pub(super) fn hevc_film(token: &Token, settings: &[u8], units: &[Vec<u8>]) -> Vec<u8> {
    let first = unit(&[0x26, 1], token.shown().as_bytes());
    let track = Track::of(
        *b"vide",
        entry(b"hvc1", &[], &[bx(b"hvcC", settings)]),
        vec![[first, units.concat()].concat()],
    );
    Film::new(b"mp42", vec![track, Track::aac()]).built()
}

fn sounds() -> Vec<Row> {
    vec![
        row!("esds, behind the settings of AAC", Cleaned, |t| {
            let settings = [&[0x12, 0x10], &t.bytes()[..]].concat();
            sounding(t, sound(b"mp4a", &[esds(0x40, &settings, &[])]))
        }),
        row!("esds, more descriptions", Cleaned, |t| {
            let more = [&[0x0A, 16][..], &t.bytes()].concat();
            sounding(t, sound(b"mp4a", &[esds(0x40, &[0x12, 0x10], &more), bx(b"anna", &[])]))
        }),
        row!("comment in a list of channels", Cleaned, |t| {
            // LC, 44,100 Hz, one pair in front.
            let list = [0x12, 0x00, 0x05, 0x04, 0x00, 0x00, 0x20, 0x00, 16];
            let settings = [&list[..], &t.bytes()].concat();
            sounding(t, sound(b"mp4a", &[esds(0x40, &settings, &[])]))
        }),
        row!("unknown box of sound", Cleaned, |t| {
            let parts = [esds(0x40, &[0x12, 0x10], &[]), bx(b"anna", &t.bytes())];
            sounding(t, sound(b"mp4a", &parts))
        }),
        row!("comments of FLAC", Cleaned, |t| {
            flac_film(t, |mut info, frame| {
                info.extend([0x84, 0, 0, 16]);
                info.extend(t.bytes());
                (info, frame)
            })
        }),
        row!("dOps, behind its numbers", CleanedSilently, |t| {
            opus_described(t, &[&OPUS[..], &t.bytes()].concat(), b"\x08sound")
        }),
        row!("settings of Apple Lossless, behind them", CleanedSilently, |t| {
            sounding(t, sound(b"alac", &[full(b"alac", &alac(&t.bytes()))]))
        }),
        row!("settings of Apple Lossless that are none", CODEC, |t| {
            let settings = [&t.bytes()[..], &[0; 8]].concat();
            sounding(t, sound(b"alac", &[full(b"alac", &settings)]))
        }),
        row!("digest of FLAC", CleanedSilently, |t| {
            flac_film(t, |mut info, frame| {
                info[22..].copy_from_slice(&t.bytes());
                (info, frame)
            })
        }),
        row!("bytes behind a frame of FLAC", LENGTH, |t| {
            flac_film(t, |info, frame| (info, [frame, t.bytes().to_vec()].concat()))
        }),
        row!("filling of an Opus packet", Cleaned, |t| {
            opus_film(t, &[b"\x0B\x41\x10", t.shown().as_bytes(), &t.bytes()].concat())
        }),
        row!("channels of Opus", CODEC, |t| {
            let numbers = [0, 16, 1, 56, 0, 0, 0xBB, 0x80, 0, 0, 255, 16, 0];
            sounding(t, sound(b"Opus", &[bx(b"dOps", &[&numbers[..], &t.bytes()].concat())]))
        }),
        row!("streams of E-AC-3", CODEC, |t| {
            let part = bx(b"dec3", &[&[0, 7][..], &t.bytes(), &[0; 16]].concat());
            sounding(t, sound(b"ec-3", &[part]))
        }),
        row!(Mov, "wave, unknown box", Cleaned, |t| {
            let inner = [esds(0x40, &[0x12, 0x10], &[]), bx(b"anna", &t.bytes())].concat();
            let mut track = Track::aac();
            track.entry = sound(b"mp4a", &[bx(b"wave", &inner)]);
            Film::new(b"qt  ", vec![Track::avc(t), track]).built()
        }),
        row!(Mov, "chan with a description of speakers", CleanedSilently, |t| {
            let mut track = Track::aac();
            let channels = full(b"chan", &[&numbers(&[0, 0, 1])[..], &t.bytes(), &[0; 4]].concat());
            track.entry = sound(b"sowt", &[channels]);
            track.samples = vec![b"abcd".to_vec(), b"efgh".to_vec()];
            let mut file = Film::new(b"qt  ", vec![Track::avc(t), track]).built();
            one_size(&mut file, 4);
            file
        }),
    ]
}

/// A film whose sound is one frame of FLAC, with something done to its settings and to it.
fn flac_film(
    token: &Token,
    change: impl FnOnce(Vec<u8>, Vec<u8>) -> (Vec<u8>, Vec<u8>),
) -> Vec<u8> {
    let samples = token.shown();
    let info = [vec![0x80, 0, 0, 34], flac::info(samples.as_bytes(), 1)].concat();
    let (info, frame) = change(info, flac::frame(0, samples.as_bytes()));
    film(token, |film| {
        film.tracks[1] = Track::of(*b"soun", sound(b"fLaC", &[full(b"dfLa", &info)]), vec![frame]);
    })
}

/// Settings of Opus for two channels.
const OPUS: [u8; 11] = [0, 2, 1, 56, 0, 0, 0xBB, 0x80, 0, 0, 0];

/// A film whose sound is one packet of Opus.
fn opus_film(token: &Token, packet: &[u8]) -> Vec<u8> {
    opus_described(token, &OPUS, packet)
}

fn opus_described(token: &Token, settings: &[u8], packet: &[u8]) -> Vec<u8> {
    film(token, |film| {
        let entry = sound(b"Opus", &[bx(b"dOps", settings)]);
        film.tracks[1] = Track::of(*b"soun", entry, vec![packet.to_vec()]);
    })
}

/// Settings of Apple Lossless, and what stands behind them.
fn alac(behind: &[u8]) -> Vec<u8> {
    let numbers =
        [0, 0, 16, 0, 0, 16, 40, 10, 14, 2, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xAC, 0x44];
    [&numbers[..], behind].concat()
}

/// Makes the last table of sizes one for samples of the same size.
fn one_size(file: &mut [u8], size: u32) {
    let at = memchr::memmem::rfind(file, b"stsz").unwrap() + 8;
    file[at..at + 4].copy_from_slice(&size.to_be_bytes());
}

/// Tracks that are left out.
fn whole() -> Vec<Row> {
    vec![
        row!("track of places, mebx", Cleaned, |t| other(t, *b"meta", b"mebx")),
        row!("track of places, GoPro", Cleaned, |t| other(t, *b"meta", b"gpmd")),
        row!("track of places, camm", Cleaned, |t| other(t, *b"camm", b"camm")),
        row!("track of text", Cleaned, |t| other(t, *b"text", b"text")),
        row!("track of subtitles", Cleaned, |t| other(t, *b"sbtl", b"tx3g")),
        row!("track of time codes", Cleaned, |t| other(t, *b"tmcd", b"tmcd")),
        row!("track of depth", Cleaned, |t| other(t, *b"auxv", b"hvc1")),
        row!("track of hints", Cleaned, |t| other(t, *b"hint", b"rtp ")),
        row!("track of pictures of chapters", Cleaned, |t| film(t, |film| {
            film.tracks[0].inside = bx(b"tref", &bx(b"chap", &numbers(&[3])));
            let sample = vec![t.bytes().to_vec()];
            film.tracks.push(Track::of(*b"vide", entry(b"jpeg", &[], &[]), sample));
        })),
    ]
}

fn refused() -> Vec<Row> {
    vec![
        row!("rows of JPEG", CODEC, |t| described(t, entry(b"jpeg", &t.bytes(), &[]))),
        row!("rows of PNG", CODEC, |t| described(t, entry(b"png ", &t.bytes(), &[]))),
        row!("rows of JPEG 2000", CODEC, |t| described(t, entry(b"mjp2", &t.bytes(), &[]))),
        row!("MP3 in a film", CODEC, |t| {
            sounding(t, sound(b"mp4a", &[esds(0x6B, &t.bytes(), &[])]))
        }),
        row!("MP3 in a film, by name", CODEC, |t| sounding(
            t,
            sound(b".mp3", &[bx(b"anna", &t.bytes())])
        )),
        row!("QDesign", CODEC, |t| sounding(t, sound(b"QDM2", &[bx(b"anna", &t.bytes())]))),
        row!("encrypted pictures", Refused(Refusal::Password), |t| {
            described(t, entry(b"encv", &[], &[bx(b"avcC", &avc()), bx(b"sinf", &t.bytes())]))
        }),
        row!("encrypted pictures under a plain name", Refused(Refusal::Password), |t| {
            described(t, entry(b"avc1", &[], &[bx(b"avcC", &avc()), bx(b"sinf", &t.bytes())]))
        }),
        row!("encrypted sound", Refused(Refusal::Password), |t| {
            sounding(t, sound(b"enca", &[bx(b"sinf", &t.bytes())]))
        }),
        row!("samples under an address", CONSTRUCT, |t| pictures(t, |track| {
            track.reference = full(b"url ", t.hidden().as_bytes());
        })),
        row!("samples under a name", CONSTRUCT, |t| pictures(t, |track| {
            track.reference = full(b"urn ", t.hidden().as_bytes());
        })),
        row!("samples in a file of a Macintosh", CONSTRUCT, |t| pictures(t, |track| {
            track.reference = full(b"alis", t.hidden().as_bytes());
        })),
        row!("sample that is a name elsewhere", VALUE, |t| film(t, |film| {
            film.in_front = bx(b"free", &t.bytes());
            film.tracks[1].place = Some(28);
        })),
        row!("samples over each other", Refused(Refusal::Damaged(Damage::Order)), |t| {
            film(t, |film| {
                film.in_front = bx(b"free", &t.bytes());
                // The place of the first picture.
                film.tracks[1].place = Some(20 + 24 + 8);
            })
        }),
        row!("esds with an address", CONSTRUCT, |t| {
            let mut part = esds(0x40, &[0x12, 0x10], &t.bytes());
            // Flags of the stream.
            part[19] = 0x40;
            sounding(t, sound(b"mp4a", &[part]))
        }),
    ]
}
