//! What a sealed or wrapped value is bound to.
//!
//! Without this, somebody who can write the database could move the ciphertext of
//! one case into another, or an old message over a new one, and everything would
//! still open. A [`Context`] names the purpose and every id that the value belongs
//! to; opening with any other context fails.

/// The random id of this installation, made once at `init`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstanceId(pub [u8; 16]);

/// The purpose of a value and the ids it belongs to, encoded without ambiguity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context(Vec<u8>);

impl Context {
    /// Starts a context: what the value is for, in which installation.
    pub fn new(purpose: &'static str, instance: InstanceId) -> Self {
        Context(Vec::with_capacity(128)).with(purpose.as_bytes()).with(&instance.0)
    }

    /// Adds one id, state or number. Each part carries its length, so that no two
    /// different lists of parts have the same encoding.
    #[must_use]
    pub fn with(mut self, part: &[u8]) -> Self {
        self.0.extend_from_slice(&(part.len() as u64).to_be_bytes());
        self.0.extend_from_slice(part);
        self
    }

    /// Adds a number.
    #[must_use]
    pub fn with_number(self, number: i64) -> Self {
        self.with(&number.to_be_bytes())
    }

    /// The encoding.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: InstanceId = InstanceId([1; 16]);

    #[test]
    fn parts_cannot_be_shifted_into_each_other() {
        let one = Context::new("x", HERE).with(b"ab").with(b"c");
        let other = Context::new("x", HERE).with(b"a").with(b"bc");
        assert_ne!(one, other);
    }

    #[test]
    fn purpose_and_installation_are_part_of_it() {
        assert_ne!(Context::new("x", HERE), Context::new("y", HERE));
        assert_ne!(Context::new("x", HERE), Context::new("x", InstanceId([2; 16])));
    }
}
