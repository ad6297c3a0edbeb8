//! What is found, what is not, and what holds for any text.

use baton_source::Span;
use proptest::prelude::*;

use super::scan;
use crate::redact::{cover, redact_all};
use crate::shape::{Confidence, shapes};

/// Characters that look random and are the same in every run.
fn noise(alphabet: &str, length: usize) -> String {
    let alphabet: Vec<char> = alphabet.chars().collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        alphabet[usize::try_from(state % alphabet.len() as u64).unwrap()]
    };
    (0..length).map(|_| next()).collect()
}

const WORD: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const HEX: &str = "0123456789abcdef";

fn kinds(text: &str) -> Vec<String> {
    scan(text)
        .into_iter()
        .map(|secret| secret.kind.into_owned())
        .collect()
}

/// A text with something of each shape; put together here, so that no scanner takes this file
/// for a leak.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn examples() -> Vec<(&'static str, String)> {
    let word = |length| noise(WORD, length);
    let hex = |length| noise(HEX, length);
    let b64 = |length: usize| noise(&format!("{WORD}+/"), length);
    let guid = || format!("{}-{}-{}-{}-{}", hex(8), hex(4), hex(4), hex(4), hex(12));
    vec![
        (
            "azure-storage-key",
            format!("AccountName=a;AccountKey={}==;", b64(86)),
        ),
        (
            "azure-storage-key",
            format!("storage_key: \"{}==\"", b64(86)),
        ),
        (
            "azure-storage-annotated-key",
            format!("{}+ASt{}A==", b64(76), b64(5)),
        ),
        (
            "azure-messaging-key",
            format!("SharedAccessKey={}=", b64(43)),
        ),
        (
            "azure-service-bus-annotated-key",
            format!("{}+ASb{}{}=", b64(33), "C", b64(5)),
        ),
        (
            "azure-search-key",
            format!("'{}AzSeA{}'", word(42), word(5)),
        ),
        (
            "azure-annotated-key",
            format!("{}JQQJ99AJ{}x{}", word(52), word(16), word(7)),
        ),
        ("azure-ai-key", format!("AZURE_OPENAI_API_KEY={}", hex(32))),
        (
            "azure-application-insights-key",
            format!("InstrumentationKey={}", guid()),
        ),
        (
            "azure-shared-access-signature",
            format!("?sv=2024-01-01&se=2027&sig={}%3D", word(43)),
        ),
        (
            "azure-function-key",
            format!("https://f.azurewebsites.net/api/run?code={}==", word(54)),
        ),
        (
            "entra-client-secret",
            format!("\"{}8Q~{}\"", word(3), word(34)),
        ),
        (
            "entra-older-client-secret",
            format!("client_secret: \"{}\"", word(36)),
        ),
        (
            "aws-access-key-id",
            format!("AKIA{}", noise("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)),
        ),
        (
            "aws-secret-key",
            format!("aws_secret_access_key = {}", b64(40)),
        ),
        ("gcp-api-key", format!("AIza{}", word(35))),
        (
            "gcp-service-account",
            format!(
                "{{\"type\": \"service_account\", \"private_key_id\": \"{}\"}}",
                hex(40)
            ),
        ),
        (
            "openai-key",
            format!("sk-proj-{}T3BlbkFJ{}", word(74), word(74)),
        ),
        ("openai-key", format!("sk-{}T3BlbkFJ{}", word(20), word(20))),
        ("anthropic-key", format!("sk-ant-api03-{}AA", word(93))),
        ("huggingface-token", format!("hf_{}", noise(LETTERS, 34))),
        ("groq-key", format!("gsk_{}", word(52))),
        ("other-model-key", format!("MISTRAL_API_KEY={}", word(32))),
        ("github-token", format!("ghp_{}", word(36))),
        (
            "github-app-token",
            format!("ghs_1234_eyJ{}.eyJ{}.{}", word(40), word(90), word(200)),
        ),
        (
            "github-fine-grained-token",
            format!("github_pat_{}_{}", word(22), word(59)),
        ),
        ("gitlab-token", format!("glpat-{}", word(20))),
        (
            "gitlab-token",
            format!("glpat-{}.01.{}", word(40), word(9).to_lowercase()),
        ),
        ("azure-devops-token", format!("{}AZDO{}", word(76), word(4))),
        (
            "azure-devops-older-token",
            format!(
                "AZURE_DEVOPS_EXT_PAT={}",
                noise("abcdefghijklmnopqrstuvwxyz234567", 52)
            ),
        ),
        ("npm-token", format!("npm_{}", word(36))),
        ("pypi-token", format!("pypi-AgEIcHlwaS5vcmc{}", word(100))),
        ("docker-token", format!("dckr_pat_{}", word(27))),
        (
            "slack-token",
            format!("xoxb-123467890123-4098123764123-{}", word(24)),
        ),
        ("stripe-key", format!("sk_live_{}", word(24))),
        ("twilio-key", format!("SK{}", hex(32))),
        ("sendgrid-key", format!("SG.{}.{}", word(22), word(43))),
        (
            "terraform-cloud-token",
            format!("{}.atlasv1.{}", word(14), word(67)),
        ),
        ("databricks-token", format!("dapi{}", hex(32))),
        (
            "slack-webhook",
            format!(
                "https://hooks.slack.com/services/T{0}/B{0}/{1}",
                "0A1B2C3D4",
                word(24)
            ),
        ),
        (
            "teams-webhook",
            format!(
                "https://contoso.webhook.office.com/webhookb2/{0}@{0}/IncomingWebhook/{1}/{0}",
                guid(),
                hex(32)
            ),
        ),
        (
            "private-key",
            format!(
                "-----BEGIN RSA PRIVATE KEY-----\n{0}\n{0}\n-----END RSA PRIVATE KEY-----",
                b64(64)
            ),
        ),
        (
            "private-key",
            format!(
                "{{\"key\": \"-----BEGIN PRIVATE KEY-----\\n{}\\n-----END PRIVATE KEY-----\\n\"}}",
                b64(64)
            ),
        ),
        (
            "json-web-token",
            format!("eyJ{}.eyJ{}.{}", word(30), word(60), word(43)),
        ),
        (
            "address-password",
            "postgres://app:h4xX0r-Kitten@db.contoso.net/shop".to_owned(),
        ),
        (
            "connection-password",
            "Server=tcp:x;User ID=sa;Password=Tr0ub4dor&3;".to_owned(),
        ),
        (
            "assigned-password",
            "const password = \"Tr0ub4dor&3\"".to_owned(),
        ),
        ("assigned-key", format!("apiKey: '{}'", word(24))),
        (
            "variable-password",
            "export DB_PASSWORD=Tr0ub4dor3x\n".to_owned(),
        ),
        ("variable-key", format!("  session_token: {}\n", word(24))),
        (
            "argument-password",
            "az vm create --admin-password 'Tr0ub4dor3x' \\".to_owned(),
        ),
        ("internal-address", "host 10.0.12.4:8080".to_owned()),
    ]
}

#[test]
fn each_example_is_found_and_hidden() {
    for (kind, text) in examples() {
        let found = scan(&text);
        let first = found
            .first()
            .unwrap_or_else(|| panic!("{kind}: nothing in {text}"));
        assert_eq!(first.kind, kind, "{text}");
        let secret = first.span.of(&text);
        let shown = first.redacted.chars().filter(|c| *c != '…').count();
        assert!(shown * 4 <= secret.chars().count(), "{kind}");
        assert!(!redact_all(&text).contains(secret), "{kind}");
        assert!(!cover(&text, &[first.span]).contains(secret), "{kind}");
    }
}

#[test]
fn surroundings_do_not_matter_to_forms_that_tell_by_themselves() {
    for (kind, text) in examples() {
        let around = format!("# Ünïcode\r\n\tvalue: \"{text}\"\r\nnext\n");
        let sure = shapes()
            .iter()
            .any(|shape| shape.kind == kind && shape.confidence == Confidence::High);
        if sure {
            assert!(kinds(&around).iter().any(|found| found == kind), "{around}");
        }
    }
}

#[test]
fn what_is_no_secret_is_not_found() {
    let token = format!("ghp_{}", noise(WORD, 36));
    let texts = [
        "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==".to_owned(),
        "AKIAIOSFODNN7EXAMPLE".to_owned(),
        format!("ghp_{}", "x".repeat(36)),
        format!("ghp_{}", "1234567890".repeat(4).get(..36).unwrap()),
        format!("prefix{token}"),
        format!("{token}9"),
        format!("{token} # gitleaks:allow"),
        format!("{token} # pragma: allowlist secret"),
        format!("# pragma: allowlist nextline secret\n{token}"),
        "password: ${{ secrets.DB_PASSWORD }}".to_owned(),
        "password = \"<your-password>\"".to_owned(),
        "token = \"{{ token_2024_value }}\"".to_owned(),
        "$password = Read-Host -AsSecureString".to_owned(),
        "adminPassword: adminPassword1".to_owned(),
        "secretName: 'shop-dev-sql-01'".to_owned(),
        "\"tokenEndpoint\": \"https://login.microsoftonline.com/common/v2.0\"".to_owned(),
        "max_tokens: 4096".to_owned(),
        "postgres://postgres:postgres@localhost:5432/shop".to_owned(),
        "https://user:password@contoso.com".to_owned(),
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----".to_owned(),
        "if line.startswith('-----BEGIN RSA PRIVATE KEY-----'):".to_owned(),
        "sig=<signature>&se=2027".to_owned(),
        "10.0.0.4".to_owned(),
        "version 1.10.0.0.4:80".to_owned(),
    ];
    for text in texts {
        assert_eq!(kinds(&text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_wrong_checksum_lowers_confidence() {
    let right = ["ghp", "_", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ", "0mLq17"].concat();
    let confidence = |text: &str| scan(text).first().map(|secret| secret.confidence);
    assert_eq!(confidence(&right), Some(Confidence::High));
    assert_eq!(confidence(&right.replace('z', "y")), Some(Confidence::Low));
}

#[test]
fn a_long_value_is_hidden_to_its_end() {
    let text = format!("eyJ{0}.eyJ{0}.{0}{0}{0}", noise(WORD, 3_000));
    let secret = &scan(&text)[0];
    assert_eq!(secret.span, Span::new(0, text.len()));
}

/// Pieces of which awkward texts are made.
fn piece() -> impl Strategy<Value = String> {
    let keywords: Vec<String> = shapes()
        .iter()
        .flat_map(|shape| shape.keywords.clone())
        .collect();
    prop_oneof![
        prop::sample::select(keywords),
        "[A-Za-z0-9+/=_.~-]{0,90}",
        "\\PC{0,8}",
        prop::sample::select(vec![
            "=",
            ": \"",
            "'",
            "\n",
            "@",
            "://",
            "\r\n",
            "==",
            "pragma: allowlist"
        ])
        .prop_map(str::to_owned),
        (0..examples().len()).prop_map(|at| examples()[at].1.clone()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn finds_are_in_order_on_characters_and_apart(pieces in prop::collection::vec(piece(), 0..12)) {
        let text = pieces.concat();
        let mut end = 0;
        for secret in scan(&text) {
            let (from, to) = (secret.span.start as usize, secret.span.end as usize);
            prop_assert!(from >= end && from < to && to <= text.len());
            prop_assert!(text.is_char_boundary(from) && text.is_char_boundary(to));
            end = to;
        }
        let _ = redact_all(&text);
        let covered = cover(&text, &scan(&text).iter().map(|secret| secret.span).collect::<Vec<_>>());
        prop_assert_eq!(covered.len(), text.len());
    }
}
