mod bash;
mod properties;
mod tree;
mod visits;
