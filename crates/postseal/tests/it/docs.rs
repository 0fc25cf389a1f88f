//! The pages that people read say what the program does.

use crate::run::postseal;

const README: &str = include_str!("../../../../README.md");

/// Every `$ postseal …` line of the README's transcripts that needs no network runs, and prints
/// what stands below it.
#[test]
fn the_readme_shows_what_the_program_prints() {
    let mut shown = 0;
    for block in README.split("```console\n").skip(1) {
        let block = block.split("```").next().expect("a block has an end");
        for session in block.split("$ postseal ").skip(1) {
            let (command, expected) = session.split_once('\n').expect("a command has a line");
            let args = words(command);
            let ran = postseal(&args);
            assert_eq!(
                ran.stdout.trim_end(),
                expected.trim_end(),
                "$ postseal {command}"
            );
            shown += 1;
        }
    }
    assert!(shown >= 2, "the README shows too little: {shown}");
}

/// The words of a shell line: spaces part them, single quotes hold them together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
