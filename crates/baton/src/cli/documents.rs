//! Arguments of `redact` and `trace`.

use std::path::PathBuf;

use clap::Args;

pub(crate) const REDACT_EXAMPLES: &str = "\
Example: baton redact agent-output/shop/04-environment-manifest.json

Object identifiers and addresses of mail become hashes unless `redaction_rules` in the manifest say
otherwise, subscriptions only if they say so.

Exit codes: 0 done, 2 the file cannot be read or is no manifest of environments.";

pub(crate) const TRACE_EXAMPLES: &str = "\
Example: baton trace debug-log.json

The log is what an editor records of a session of agents, as OpenTelemetry writes it in JSON.
Whether artifacts attest governance is said by `baton validate governance-trace`.

Exit codes: 0 clean, 1 at least one error, 2 the file cannot be read or is no such log.";

/// Arguments of `redact`.
#[derive(Debug, Args)]
pub(crate) struct RedactArgs {
    /// The manifest of environments, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// Arguments of `trace`.
#[derive(Debug, Args)]
pub(crate) struct TraceArgs {
    /// The log of a session, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}
