import CommandLanguage
import Testing

@Suite struct SourceTextTests {
  /// Scalars: a é(2 bytes) €(3) 🐦(4) e + combining acute(2).
  let source = SourceText("aé€🐦e\u{301}")

  @Test(arguments: zip([0, 1, 2, 3, 4, 5, 6], [0, 1, 3, 6, 10, 11, 13]))
  func `scalar and byte offsets convert both ways`(scalar: Int, byte: Int) {
    #expect(source.offset(ofScalar: scalar) == byte)
    #expect(source.scalarOffset(of: byte) == scalar)
  }

  @Test func `offsets outside or inside a scalar move to its beginning`() {
    #expect(source.scalarOffset(of: 8) == 3)
    #expect(source.scalarOffset(of: 1000) == 6)
    #expect(source.offset(ofScalar: -4) == 0)
    #expect(source.offset(ofScalar: 1000) == 13)
    #expect(source.text(in: SourceSpan(2, 5)) == "é")
    #expect(source.position(at: Int.max) == SourcePosition(line: 1, column: 7))
    #expect(SourceSpan(5, 2) == SourceSpan(5, 5))
  }

  @Test func `lines end with LF, CR LF or CR`() {
    let source = SourceText("a\nb\r\nc\rd\n")
    #expect(source.lineCount == 5)
    #expect((1...5).map { source.text(in: source.lineSpan($0)) } == ["a", "b", "c", "d", ""])
    #expect(source.position(at: 5) == SourcePosition(line: 3, column: 1))
    #expect(source.position(at: 9) == SourcePosition(line: 5, column: 1))
    #expect(source.lineSpan(99).isEmpty)
  }
}
