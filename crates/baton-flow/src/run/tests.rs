//! Runs, event by event.

mod agents;
mod gates;
mod histories;
mod shapes;
mod walks;
