//! Files of every format through the front door: what is shown stays, what is hidden goes.
//!
//! Other programs are the witnesses ([`programs`]). A program that is not installed is a
//! failure and not an excuse.

#[cfg(test)]
mod cleaning;
#[cfg(test)]
mod films;
#[cfg(test)]
mod front;
#[cfg(test)]
mod office;
#[cfg(test)]
mod opendocument;
#[cfg(test)]
mod pdf;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod real;
#[cfg(test)]
mod recorded;
#[cfg(test)]
mod sound;
#[cfg(test)]
mod texts;
