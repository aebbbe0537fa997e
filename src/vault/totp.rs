//! The handlers' second factor: time-based one-time passwords (RFC 6238).
//!
//! SHA-1, six digits, thirty seconds: the only form that every authenticator app
//! understands. A code is accepted once; the caller keeps the step that was used.

use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

use super::secret::random;

/// Seconds in one step.
pub const STEP: u64 = 30;
/// Bytes of the shared secret: 160 bits, as RFC 4226 section 4 recommends.
pub const SECRET: usize = 20;

/// The shared secret of one handler.
#[derive(Clone)]
pub struct SecondFactor(Zeroizing<[u8; SECRET]>);

impl SecondFactor {
    /// Makes a new secret.
    pub fn random() -> Self {
        SecondFactor(Zeroizing::new(random()))
    }

    /// Takes an opened secret.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| SecondFactor(Zeroizing::new(bytes)))
    }

    /// The bytes, to be sealed.
    pub fn expose(&self) -> &[u8] {
        &*self.0
    }

    /// The secret as people type it into an app, in groups of four.
    pub fn to_text(&self) -> Zeroizing<String> {
        let text = Zeroizing::new(data_encoding::BASE32_NOPAD.encode(&*self.0));
        let groups: Vec<&str> =
            text.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        Zeroizing::new(groups.join(" "))
    }

    /// The address that an app reads from a QR code.
    pub fn to_url(&self, issuer: &str, account: &str) -> Option<Zeroizing<String>> {
        let issuer = issuer.replace(':', " ");
        let totp = self.build(Some(issuer), account.replace(':', " "))?;
        totp.to_url().ok().map(Zeroizing::new)
    }

    /// The step that `typed` is the code of, if it is one of the code now, the one
    /// before and the one after: clocks of phones are never quite right.
    pub fn step_of(&self, typed: &str, unix_seconds: u64) -> Option<i64> {
        let digits: Zeroizing<String> =
            Zeroizing::new(typed.chars().filter(|c| !c.is_whitespace()).take(7).collect());
        let step = self.build(None, String::new())?.check(&digits, unix_seconds)?;
        i64::try_from(step).ok()
    }

    /// The code at a given time: for `demo`, which prints one.
    pub fn code_at(&self, unix_seconds: u64) -> Option<Zeroizing<String>> {
        let totp = self.build(None, String::new())?;
        Some(Zeroizing::new(totp.generate(unix_seconds).to_string()))
    }

    fn build(&self, issuer: Option<String>, account: String) -> Option<Totp> {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(1)
            .with_step_duration(STEP)
            .with_secret(self.0.to_vec())
            .with_issuer(issuer)
            .with_account_name(account)
            .build()
            .ok()
    }
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecondFactor(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret "12345678901234567890", SHA-1; the last six of
    /// the eight published digits.
    #[test]
    fn codes_agree_with_rfc_6238() {
        let factor = SecondFactor::from_bytes(b"12345678901234567890").unwrap();
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(&**factor.code_at(time).unwrap(), code);
            assert_eq!(factor.step_of(code, time), Some((time / STEP).cast_signed()));
        }
    }

    #[test]
    fn a_code_holds_for_the_step_before_and_after_and_no_longer() {
        let factor = SecondFactor::random();
        let code = factor.code_at(3000).unwrap();
        assert_eq!(factor.step_of(&code, 3030), Some(100));
        assert_eq!(factor.step_of(&code, 2970), Some(100));
        assert_eq!(factor.step_of(&code, 3060), None);
        assert_eq!(factor.step_of(&code, 2939), None);
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let factor = SecondFactor::random();
        for typed in ["", "12345", "1234567", "abcdef", "１２３４５６", &"0".repeat(100_000)]
        {
            assert_eq!(factor.step_of(typed, 3000), None, "{typed:.8}");
        }
    }

    #[test]
    fn the_address_for_the_app_names_the_account() {
        let factor = SecondFactor::random();
        let url = factor.to_url("Sluse: Test", "anna").unwrap();
        assert!(url.starts_with("otpauth://totp/"));
        assert!(url.contains("anna"));
    }
}
