//! The server alone: whoever has the disk and the pepper file, and our own library to
//! work with, opens nothing. With one code more they open one case, with a cookie one draft
//! or one receipt, and with a password all that a handler may read: that shows that the
//! attacker of this test knows the trade, for every kind of sealed value.

use std::collections::BTreeSet;
use std::path::PathBuf;

use sluse::installation;
use sluse::limits::MESSAGE_CHARACTERS;
use sluse::store::{ObjectId, Store};
use sluse::vault::chunked::file;
use sluse::vault::padding::unpad_message;
use sluse::vault::{Context, InstanceId, Key, KeyPair, Pepper, ReceiptCode, Stored, password};

use crate::support::browser::Upload;
use crate::support::pictures::photo;
use crate::support::program::Installation;
use crate::support::{Browser, CHEAP};

type Bytes = Vec<u8>;

#[tokio::test(flavor = "multi_thread")]
async fn disk_and_pepper_open_nothing_and_each_secret_opens_what_is_its_own() {
    let installation = Installation::new(CHEAP, |_| {}).await;
    let running = installation.start().await;
    let code = report(&installation, "Den ene sag.").await;
    let code = code.submit_code().await;
    // A draft, a receipt that was not confirmed, and somebody who is signed in.
    let mut draft = installation.reporter();
    write(&mut draft, "Et udkast.").await;
    let mut later = installation.reporter();
    write(&mut later, "Et gemt udkast.").await;
    later.get("/report/later").await;
    let code_of_draft = later.submit("/report/later", &[]).await.code();
    let unconfirmed = report(&installation, "Den anden sag.").await;
    let _handler = installation.signed_in(&installation.anna).await;
    running.kill();

    let pepper = installation::read_pepper(&installation.config.pepper).unwrap();
    let store = installation::open_store(&installation.config).await.unwrap();
    let attacker = Attacker::of(&store, installation.config.objects()).await;
    let keys = attacker.keys_on_disk(&pepper);
    assert!(keys.len() > 40);
    let opened = attacker.open_all(keys);
    assert_eq!(opened.what, [""; 0], "disk and pepper open nothing");

    let salt: [u8; 16] = attacker.code_salt.as_slice().try_into().unwrap();
    let derived = ReceiptCode::parse(&code).unwrap().derive(&pepper, &salt, CHEAP);
    let opened = attacker.open_all(vec![derived.key]);
    assert_eq!(opened.texts, ["Den ene sag."]);
    let chain = ["a case's seed", "an item's key", "an item", "an object"];
    let with = |more: &[&'static str]| chain.iter().chain(more).copied().collect();
    assert_eq!(opened.kinds(), with(&["a reporter's seed"]));

    let one_draft = attacker.open_all(vec![draft_key(&draft)]);
    assert_eq!(one_draft.texts, ["Et udkast."]);
    assert_eq!(one_draft.kinds(), BTreeSet::from(["a draft", "a draft's file", "an object"]));
    let derived = ReceiptCode::parse(&code_of_draft).unwrap().derive(&pepper, &salt, CHEAP);
    let kept = attacker.open_all(vec![derived.key]);
    assert_eq!(kept.texts, ["Et gemt udkast."]);
    let of_a_draft = ["a code", "a draft", "a draft's cookie", "a draft's file", "an object"];
    assert_eq!(kept.kinds(), BTreeSet::from(of_a_draft));
    let one_receipt = attacker.open_all(vec![draft_key(&unconfirmed.0)]);
    assert_eq!(one_receipt.kinds(), BTreeSet::from(["a draft", "a code"]));

    let salt: [u8; 16] = attacker.password_salt.as_slice().try_into().unwrap();
    let derived = password::derive(&installation.anna.password, &pepper, &salt, CHEAP);
    let handler = attacker.open_all(vec![derived.key]);
    assert_eq!(handler.kinds(), with(&["a handler's seed", "a second factor"]));
    assert_eq!(handler.texts.len(), 2, "both cases: {:?}", handler.texts);
    // Nothing is sealed that none of these secrets opens.
    let all = attacker.sealed.iter().map(|sealed| sealed.what).collect::<BTreeSet<_>>();
    let each = [&opened, &one_draft, &kept, &one_receipt, &handler];
    assert_eq!(all, each.iter().flat_map(|opened| opened.kinds()).collect());
    println!(
        "leaks: disk and pepper open none of {} sealed values; with a code the same hands open {}",
        attacker.sealed.len(),
        opened.what.len()
    );
    store.close().await;
}

/// The key of a draft, from the cookie that only its browser has.
fn draft_key(browser: &Browser) -> Key {
    let visit = browser.cookies.iter().find(|(name, _)| name.ends_with("visit")).unwrap().1;
    let ticket = data_encoding::BASE64URL_NOPAD.decode(visit.as_bytes()).unwrap();
    Key::from_slice(&ticket[..32]).unwrap().derive("sluse/draft/key")
}

struct Sent(Browser, String);

impl Sent {
    async fn submit_code(mut self) -> String {
        self.0.submit("/receipt", &[("code", &self.1)]).await;
        self.1
    }
}

async fn write(browser: &mut Browser, text: &str) {
    assert!(text.len() < MESSAGE_CHARACTERS);
    let photo = photo();
    browser.get("/report").await;
    let files = [Upload { name: "foto.jpg", bytes: &photo }];
    let page = browser.upload("/report", &[("text", text)], &files).await;
    assert!(page.has(".files > li:not(.files__refused)"), "{}", page.text());
}

async fn report(installation: &Installation, text: &str) -> Sent {
    let mut browser = installation.reporter();
    write(&mut browser, text).await;
    let code = browser.submit("/report/send", &[]).await.code();
    Sent(browser, code)
}

/// One sealed value, and what it is bound to.
struct Sealed {
    what: &'static str,
    context: Context,
    bytes: Bytes,
    wrapped: bool,
}

#[derive(Default)]
struct Opened {
    what: Vec<String>,
    texts: Vec<String>,
}

impl Opened {
    fn kinds(&self) -> BTreeSet<&str> {
        self.what.iter().map(String::as_str).collect()
    }
}

struct Attacker {
    instance: Bytes,
    code_salt: Bytes,
    /// Of the only handler.
    password_salt: Bytes,
    /// Everything on the disk that could be taken for a key.
    material: Vec<Bytes>,
    sealed: Vec<Sealed>,
}

/// What our program calls its derived keys.
const PURPOSES: [&str; 12] = [
    "sluse/tokens",
    "sluse/pepper/check",
    "sluse/voucher/v1",
    "sluse/draft/id",
    "sluse/draft/key",
    "sluse/session/id",
    "sluse/session/key",
    "sluse/session/cookie-half",
    "sluse/invitation/id",
    "sluse/invitation/second-factor",
    "sluse/code/lookup/v1",
    "sluse/code/key/v1",
];

impl Attacker {
    async fn of(store: &Store, objects: PathBuf) -> Attacker {
        let mut connection = store.connect().await.unwrap();
        let c = &mut *connection;
        let query =
            "select instance_id, code_salt, pepper_check, voucher_key, voucher_tag from instance";
        let (instance, code_salt, check, voucher, tag): (Bytes, Bytes, Bytes, Bytes, Bytes) =
            sqlx::query_as(query).fetch_one(&mut *c).await.unwrap();
        let id = InstanceId(instance.as_slice().try_into().unwrap());
        let context = |purpose: &'static str, parts: &[&[u8]]| {
            parts.iter().fold(Context::new(purpose, id), |context, part| context.with(part))
        };
        let mut attacker = Attacker {
            material: vec![check, voucher, tag, instance.repeat(2), code_salt.repeat(2)],
            instance,
            code_salt,
            password_salt: Bytes::new(),
            sealed: Vec::new(),
        };
        let a = &mut attacker;

        let rows: Vec<(Bytes, Bytes, Option<Bytes>)> =
            sqlx::query_as("select draft_id, body, code from drafts")
                .fetch_all(&mut *c)
                .await
                .unwrap();
        for (draft, body, code) in rows {
            a.value("a draft", context("sluse/draft-body/v1", &[&draft]), body);
            if let Some(code) = code {
                a.value("a code", context("sluse/draft-code/v1", &[&draft]), code);
            }
            a.material.push(draft);
        }
        let rows: Vec<(Bytes, Bytes, Bytes)> =
            sqlx::query_as("select draft_id, file_id, manifest from draft_files")
                .fetch_all(&mut *c)
                .await
                .unwrap();
        for (draft, file, manifest) in rows {
            let context = context("sluse/draft-file/v1", &[&draft, &file]);
            a.value("a draft's file", context, manifest);
        }
        let rows: Vec<(Bytes, Bytes, Bytes)> =
            sqlx::query_as("select lookup_id, draft_id, ticket from saved_drafts")
                .fetch_all(&mut *c)
                .await
                .unwrap();
        for (lookup, draft, ticket) in rows {
            a.value("a draft's cookie", context("sluse/saved-draft/v1", &[&draft]), ticket);
            a.material.push(lookup);
        }
        let rows: Vec<(Bytes, Bytes, Bytes)> =
            sqlx::query_as("select reporter_id, lookup_id, seed from reporters")
                .fetch_all(&mut *c)
                .await
                .unwrap();
        for (reporter, lookup, seed) in rows {
            let context = context("sluse/reporter-seed/v1", &[&reporter]);
            a.value("a reporter's seed", context, seed);
            a.material.push(lookup);
        }
        let query = "select handler_id, salt, verifier, seed, second_factor from handlers";
        let rows: Vec<(Bytes, Bytes, Bytes, Bytes, Bytes)> =
            sqlx::query_as(query).fetch_all(&mut *c).await.unwrap();
        for (handler, salt, verifier, seed, factor) in rows {
            a.value("a handler's seed", context("sluse/handler-seed/v1", &[&handler]), seed);
            a.value("a second factor", context("sluse/second-factor/v1", &[&handler]), factor);
            a.material.extend([verifier, salt.repeat(2)]);
            a.password_salt = salt;
        }
        let query = "select case_id, compartment, epoch, reader_id, wrap from wraps";
        let rows: Vec<(Bytes, String, i64, Bytes, Bytes)> =
            sqlx::query_as(query).fetch_all(&mut *c).await.unwrap();
        for (case, compartment, epoch, reader, wrap) in rows {
            let context = context("sluse/epoch/v1", &[&case, compartment.as_bytes()]);
            a.wrap("a case's seed", context.with_number(epoch).with(&reader), wrap);
        }
        let query = "select item_id, case_id, compartment, epoch, position, wrap, body from items";
        let rows: Vec<(Bytes, Bytes, String, i64, i64, Bytes, Bytes)> =
            sqlx::query_as(query).fetch_all(&mut *c).await.unwrap();
        for (item, case, compartment, epoch, position, wrap, body) in rows {
            let key = context("sluse/item-key/v1", &[&item, &case, compartment.as_bytes()]);
            a.wrap("an item's key", key.with_number(epoch).with_number(position), wrap);
            a.value("an item", context("sluse/item-body/v1", &[&item]), body);
        }
        for entry in std::fs::read_dir(objects).unwrap().flatten() {
            let object = ObjectId::parse(entry.file_name().to_str().unwrap()).unwrap();
            let bytes = std::fs::read(entry.path()).unwrap();
            a.value("an object", context("sluse/object/v1", &[object.as_bytes()]), bytes);
        }
        attacker
    }

    fn value(&mut self, what: &'static str, context: Context, bytes: Bytes) {
        self.sealed.push(Sealed { what, context, bytes, wrapped: false });
    }

    fn wrap(&mut self, what: &'static str, context: Context, bytes: Bytes) {
        self.sealed.push(Sealed { what, context, bytes, wrapped: true });
    }

    /// The pepper, whatever on the disk has a key's length, and what our program would
    /// derive from each.
    fn keys_on_disk(&self, pepper: &Pepper) -> Vec<Key> {
        let letters: String = pepper.to_text().split_whitespace().collect();
        let raw = data_encoding::BASE32_NOPAD.decode(letters.as_bytes()).unwrap();
        let material = self.material.iter().chain([&raw]);
        let mut keys: Vec<Key> = material.filter_map(|bytes| Key::from_slice(bytes)).collect();
        keys.push(pepper.token_key());
        keys.push(Key::from_slice(&self.instance.repeat(2)).unwrap());
        let derived: Vec<Key> =
            keys.iter().flat_map(|key| PURPOSES.map(|purpose| key.derive(purpose))).collect();
        keys.extend(derived);
        keys
    }

    /// Tries every key on every value, and every key that is found on the rest.
    fn open_all(&self, mut keys: Vec<Key>) -> Opened {
        let (mut opened, mut done) = (Opened::default(), BTreeSet::new());
        while let Some(key) = keys.pop() {
            let pair = KeyPair::from_seed(key.clone());
            for (nth, sealed) in self.sealed.iter().enumerate() {
                if done.contains(&nth) {
                    continue;
                }
                let Some(found) = sealed.open(&key, &pair) else { continue };
                done.insert(nth);
                opened.what.push(sealed.what.to_owned());
                match found {
                    Found::Key(key) => {
                        // It may be a cookie's value.
                        keys.push(key.derive("sluse/draft/key"));
                        keys.push(key);
                    }
                    Found::Plain(plain) => {
                        let text = String::from_utf8_lossy(&plain).into_owned();
                        keys.extend(key_in(&text));
                        opened.texts.extend(field(&text, "words"));
                        opened.texts.extend(first(&text, "text"));
                    }
                }
            }
        }
        opened
    }
}

enum Found {
    Key(Key),
    Plain(Bytes),
}

impl Sealed {
    fn open(&self, key: &Key, pair: &KeyPair) -> Option<Found> {
        let stored = Stored::from_disk(self.bytes.clone());
        if self.wrapped {
            return pair.unwrap(&stored, &self.context).ok().map(Found::Key);
        }
        if self.what == "an object" {
            let (head, rest) = self.bytes.split_at(file::HEAD);
            let length = self.bytes.len() as u64;
            let opener = file::open(key, &self.context, head, length).ok()?;
            let (_, end) = file::chunk_range(0, length);
            let mut chunk = rest[..usize::try_from(end).unwrap() - file::HEAD].to_vec();
            return opener.open(0, &mut chunk).ok().map(|plain| Found::Plain(plain.to_vec()));
        }
        if let Ok(inner) = stored.open_key(key, &self.context) {
            return Some(Found::Key(inner));
        }
        let plain = stored.open(key, &self.context).ok()?;
        Some(Found::Plain(unpad_message(&plain).unwrap_or(&plain).to_vec()))
    }
}

fn field(json: &str, name: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{name}\":\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// The first of several values.
fn first(json: &str, name: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{name}\":[\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

fn key_in(json: &str) -> Option<Key> {
    let bytes = data_encoding::BASE64.decode(field(json, "key")?.as_bytes()).ok()?;
    Key::from_slice(&bytes)
}
