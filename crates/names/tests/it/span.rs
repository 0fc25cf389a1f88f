use names::Span;

#[test]
fn spans_never_run_backwards() {
    assert_eq!(Span::new(3, 1), Span::at(3));
    assert!(Span::at(3).is_empty());
    assert_eq!(Span::new(2, 5).len(), 3);
    assert_eq!(Span::new(2, 5).shift(10), Span::new(12, 15));
    assert_eq!(Span::new(2, 5).shift(usize::MAX).len(), 0);
}
