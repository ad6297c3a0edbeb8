//! How commands are read.

mod bash;
mod properties;
mod tree;
mod visits;
