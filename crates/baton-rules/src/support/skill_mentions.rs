//! Who names which skill.
