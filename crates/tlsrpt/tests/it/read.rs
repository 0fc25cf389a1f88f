use std::{
    fs,
    path::{Path, PathBuf},
};

use tlsrpt::report;

fn jsons(dir: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            jsons(&path, out)
        } else {
            out.push(path)
        }
    }
}

#[test]
fn fixtures() {
    let mut files = Vec::new();
    jsons(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/tlsrpt-reports"),
        &mut files,
    );
    for file in files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "json"))
    {
        let read = report::read(&fs::read(file).unwrap());
        println!(
            "{} {}",
            file.file_name().unwrap().display(),
            read.reports.len()
        );
        for f in &read.findings {
            println!("   {} {} {:?}", f.code(), f.message(), f.bytes());
        }
        assert_eq!(read.reports.len(), 1);
    }
}
