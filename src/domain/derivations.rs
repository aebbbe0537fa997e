//! Slow derivations of codes and passwords, and whose turn each of them takes.
//!
//! Slowness is the only limit on guessing. Signing in, sending a report and the handlers
//! at each door have turns of their own, so that a flood of wrong codes keeps nobody from
//! reporting, and one at the onion service nobody from the mirror.

use secrecy::ExposeSecret;

use super::turns::{Lane, Turns};
use super::{Failure, Portal, ReceiptCode, Secret};
use crate::stack;
use crate::vault::{CodeKeys, PasswordKeys, password};

/// Who wants a derivation, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A reporter who signs in on the onion service.
    OnionReporter,
    /// A reporter who signs in on the mirror.
    MirrorReporter,
    /// A report that is sent on the onion service.
    OnionReport,
    /// A report that is sent on the mirror.
    MirrorReport,
    /// A handler on the onion service: whoever is kept out there by client authorisation
    /// can delay nobody behind it.
    OnionHandler,
    /// A handler on the mirror.
    MirrorHandler,
}

/// How many classes there are.
pub const CLASSES: usize = 6;

/// The turns of all classes.
#[derive(Clone, Debug)]
pub struct Derivations([Turns; CLASSES]);

impl Derivations {
    /// Turns of which each class has `at_once` at the same time.
    pub fn new(at_once: usize) -> Self {
        Derivations(std::array::from_fn(|_| Turns::new(at_once)))
    }

    /// Waits for a turn and runs `work` on a thread that no request waits for.
    pub async fn run<T: Send + 'static>(
        &self,
        class: Class,
        lane: Lane,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let turn = self.of(class).take(lane).await?;
        tokio::task::spawn_blocking(move || {
            let result = work();
            stack::wipe();
            drop(turn);
            result
        })
        .await
        .map_err(|_| Failure::Broken("a derivation did not end"))
    }

    fn of(&self, class: Class) -> &Turns {
        let [
            onion_reporter,
            mirror_reporter,
            onion_report,
            mirror_report,
            onion_handler,
            mirror_handler,
        ] = &self.0;
        match class {
            Class::OnionReporter => onion_reporter,
            Class::MirrorReporter => mirror_reporter,
            Class::OnionReport => onion_report,
            Class::MirrorReport => mirror_report,
            Class::OnionHandler => onion_handler,
            Class::MirrorHandler => mirror_handler,
        }
    }
}

impl Portal {
    pub(super) async fn derive_code(
        &self,
        code: &ReceiptCode,
        class: Class,
        lane: Lane,
    ) -> Result<CodeKeys, Failure> {
        let (code, pepper) = (code.clone(), self.parts().pepper.clone());
        let (salt, cost) = (self.parts().instance.code_salt, self.parts().instance.cost);
        let work = move || code.derive(&pepper, &salt, cost);
        self.parts().derivations.run(class, lane, work).await
    }

    pub(super) async fn derive_password(
        &self,
        password: Secret,
        salt: [u8; 16],
        class: Class,
        lane: Lane,
    ) -> Result<PasswordKeys, Failure> {
        let (pepper, cost) = (self.parts().pepper.clone(), self.parts().instance.cost);
        let work = move || password::derive(password.expose_secret(), &pepper, &salt, cost);
        self.parts().derivations.run(class, lane, work).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// Holds the only turn of a class until told to let go.
    async fn hold(all: &Derivations, class: Class) -> mpsc::Sender<()> {
        let (release, held) = mpsc::channel::<()>();
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let all = all.clone();
        tokio::spawn(async move {
            let _ = all
                .run(class, Lane(0), move || {
                    let _ = begun.send(());
                    let _ = held.recv();
                })
                .await;
        });
        has_begun.await.unwrap();
        release
    }

    #[tokio::test]
    async fn a_flood_in_one_class_delays_no_other_class() {
        let all = Derivations::new(1);
        let _held = hold(&all, Class::OnionReporter).await;
        assert_eq!(all.run(Class::OnionHandler, Lane(0), || 1).await.unwrap(), 1);
        assert_eq!(all.run(Class::MirrorReporter, Lane(0), || 2).await.unwrap(), 2);
        assert_eq!(all.run(Class::OnionReport, Lane(0), || 3).await.unwrap(), 3);
        let _flood = hold(&all, Class::MirrorHandler).await;
        assert_eq!(all.run(Class::OnionHandler, Lane(0), || 4).await.unwrap(), 4);
        assert_eq!(all.run(Class::MirrorReport, Lane(0), || 5).await.unwrap(), 5);
    }
}
