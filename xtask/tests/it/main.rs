//! Tests of the project itself: its walls, its requirements, its files and its pages.

mod files;
mod pages;
mod requirements;
mod tree;
mod walls;
