# Lists the recipes.
default:
    @just --list --unsorted

# What CI does, without its installs.
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    cargo test --workspace
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet
    cargo xtask tidy

# Formats, applies clippy's fixes, renews generated files.
fix:
    cargo clippy --workspace --all-targets --fix --allow-dirty --allow-staged
    cargo xtask gen
    cargo fmt --all

# Runs the tests whose names match.
test FILTER="":
    cargo test --workspace -- {{FILTER}}

# Accepts what rules and fixtures print now; read the diff afterwards.
bless:
    BLESS=1 cargo test --package baton-check --test documents --test repos

# Creates the document and the code of a rule.
new-rule FAMILY SLUG:
    cargo xtask new-rule {{FAMILY}} {{SLUG}}

# Renews the generated table of rules.
gen:
    cargo xtask gen

# Builds the programming interface's documentation.
docs:
    cargo doc --workspace --no-deps

# Compares the checker with the floor; takes a repository to measure.
bench *REPOSITORY:
    cargo bench --package baton --bench check -- {{REPOSITORY}}

# Times what a commit, a push and a save wait for.
bench-scopes:
    cargo bench --package baton --bench scopes

# How long whole calls of hooks take; BATON_BENCH_REFERENCE names a checkout to compare with.
bench-hooks:
    cargo bench --package baton --bench hooks

# Compares checks with the reference's own; folders are named by variables.
bench-reference:
    cargo bench --package baton --bench reference

# Times an event of a run with durable writes.
bench-flow:
    cargo bench --package baton --bench flow

# Kills writers of a ledger a thousand times, and has two record a thousand events each at once.
kill-runs RUNS="1000":
    BATON_KILL_RUNS={{RUNS}} BATON_WRITER_UPDATES=1000 cargo test --package baton-flow --test kill

# Leads ten thousand random histories through every known graph.
histories CASES="10000":
    BATON_PROPTEST_CASES={{CASES}} cargo test --package baton-flow --lib histories

# Shows how time and memory grow up to a hundred thousand files.
bench-large:
    cargo bench --package baton --bench check -- --large

# Runs our own rules on this repository.
self:
    cargo run --quiet --release --package baton -- check

# Fuzzes one parser for a minute; needs the nightly toolchain and cargo-fuzz.
fuzz TARGET SECONDS="60":
    mkdir -p fuzz/corpus/{{TARGET}}
    cargo +nightly fuzz run {{TARGET}} fuzz/corpus/{{TARGET}} fixtures rules -- -dict=fuzz/dictionaries/{{TARGET}}.dict -max_total_time={{SECONDS}} -max_len=8192 -timeout=5 -rss_limit_mb=1024

# Compares lint:md with markdownlint-cli2 on a repository; BATON_E2E_TOOLS says where that is.
markdownlint REPOSITORY:
    BATON_MARKDOWN={{REPOSITORY}} cargo test --package baton --test markdown another -- --nocapture

# Formats the samples in a checkout of Bicep's own repository and counts those that come out the same.
bicep-format CHECKOUT:
    cargo xtask bicep-format {{CHECKOUT}}

# Compares baton fmt with HCL's own formatter on a repository; BATON_E2E_TOOLS says where that is.
terraform-fmt REPOSITORY:
    BATON_TERRAFORM={{REPOSITORY}} cargo test --package baton --test terraform another -- --nocapture

# Judges our labelled cases of infrastructure, and the examples of aquasecurity/trivy-checks or bridgecrewio/checkov (TRIVY, CHECKOV: folders of checkouts).
iac-accuracy TRIVY="" CHECKOV="":
    BATON_TRIVY={{TRIVY}} BATON_CHECKOV={{CHECKOV}} cargo test --package baton-check --test iac_accuracy -- --nocapture --test-threads 1
