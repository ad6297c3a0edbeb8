//! Tests of transcripts.

use std::fs;

use proptest::prelude::*;

use super::{Redactor, Transcript};
use crate::agent::process::{Line, Source};

fn line(from: Source, text: &[u8]) -> Line {
    Line {
        from,
        bytes: text.to_vec(),
        dropped: 0,
    }
}

/// The texts of a transcript's lines.
fn written(lines: &[Line], redactor: Redactor, most: u64) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/t.jsonl");
    let mut transcript = Transcript::create(&path, redactor, most).unwrap();
    for line in lines {
        transcript.line(line);
    }
    assert_eq!(transcript.finish(), None);
    let text = fs::read_to_string(&path).unwrap();
    let values = text.lines().map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        value["text"].as_str().unwrap().to_owned()
    });
    values.collect()
}

#[test]
fn values_that_were_handed_over_are_taken_out_whatever_they_look_like() {
    let redactor = Redactor::new(["plain words".to_owned(), "short".to_owned()]);
    assert_eq!(redactor.clean("with plain words, short"), "with …, short");
    assert_eq!(redactor.clean("nothing of it"), "nothing of it");
}

#[test]
fn private_keys_of_several_lines_are_left_out_of_either_output() {
    let key = "PRIVATE KEY";
    let lines = [
        line(Source::Err, format!("-----BEGIN {key}-----").as_bytes()),
        line(Source::Out, b"between"),
        line(Source::Err, b"MIIEcanary"),
        line(Source::Err, format!("-----END {key}-----").as_bytes()),
        line(Source::Err, b"after"),
    ];
    let found = written(&lines, Redactor::default(), 10_000);
    let hidden = "[private key]";
    assert_eq!(found, [hidden, "between", hidden, hidden, "after"]);
}

#[test]
fn a_full_transcript_says_so_once_and_stays_small() {
    let lines = vec![line(Source::Out, b"0123456789"); 1000];
    let found = written(&lines, Redactor::default(), 500);
    assert!(found.len() < 20);
    assert_eq!(
        found.last().unwrap(),
        "the rest is left out: the transcript is full"
    );
}

#[test]
fn long_lines_are_cut_and_say_by_how_much() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.jsonl");
    let mut transcript = Transcript::create(&path, Redactor::default(), u64::MAX).unwrap();
    let mut long = line(Source::Out, "é".repeat(300_000).as_bytes());
    long.dropped = 7;
    transcript.line(&long);
    transcript.finish();
    let text = fs::read_to_string(&path).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["cut"], (300_000 - 256 * 1024) * 2 + 7);
}

proptest! {
    #[test]
    fn no_bytes_break_a_transcript_and_no_token_is_in_it(
        before: Vec<u8>, after: Vec<u8>, parts in proptest::collection::vec(any::<bool>(), 0..8),
    ) {
        let token = ["ghp", "_R7kP2mX9vL4qT8nB3wZ6y", "C1dF5hJ0g3xmkXF"].concat();
        let clean = |bytes: Vec<u8>| -> Vec<u8> {
            // A letter or digit next to it would make another word of it.
            let strip = |byte: &u8| !byte.is_ascii_alphanumeric() && !b"_-\n\r+/=.\\%$&".contains(byte);
            bytes.into_iter().filter(strip).collect()
        };
        let text = [clean(before), b" ".to_vec(), token.clone().into_bytes(), b" ".to_vec(), clean(after)].concat();
        let source = |is_out: &bool| if *is_out { Source::Out } else { Source::Err };
        let lines: Vec<Line> = parts.iter().map(|part| line(source(part), &text)).collect();
        let found = written(&lines, Redactor::default(), 100_000);
        prop_assert_eq!(found.len(), lines.len());
        prop_assert!(!found.concat().contains(&token));
    }
}
