//! Tests of the loader and the algorithms.
