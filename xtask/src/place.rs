//! Where things are: the checkout, the build folder, the tools fetched for it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders this run works in.
pub(crate) struct Place {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Where cargo builds: `CARGO_TARGET_DIR`, else `target` in the checkout.
    pub(crate) target: PathBuf,
    /// Programs that are fetched and not installed: the Python venv, Exim, cargo-mutants.
    pub(crate) tools: PathBuf,
}

impl Place {
    /// Reads the folders from cargo's environment.
    pub(crate) fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask lies in no workspace")?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => env::current_dir()?.join(folder),
            None => root.join("target"),
        };
        let tools = target.join("tools");
        Ok(Self {
            root,
            target,
            tools,
        })
    }

    /// A prebuilt cargo tool: the one of our venv, else the one on the path.
    pub(crate) fn cargo_tool(&self, name: &str) -> PathBuf {
        let ours = self.tools.join("venv/bin").join(name);
        if ours.exists() {
            ours
        } else {
            PathBuf::from(name)
        }
    }
}
