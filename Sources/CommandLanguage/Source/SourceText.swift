/// The text of one cell, with its lines.
///
/// Offsets count UTF-8 bytes unless a name says otherwise. Every lookup accepts any integer and moves it into the text,
/// and to the beginning of the scalar that it falls in.
public struct SourceText: Sendable {
  /// The whole text.
  public let text: String
  let bytes: [UInt8]
  private let lineStarts: [Int]

  /// The text of a cell; lines end with LF, CR LF or CR.
  public init(_ text: String) {
    self.text = text
    let bytes = Array(text.utf8)
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A || (byte == 0x0D && !(index < bytes.count && bytes[index] == 0x0A)) { starts.append(index) }
    }
    self.bytes = bytes
    lineStarts = starts
  }

  /// The length in UTF-8 bytes.
  public var utf8Count: Int { bytes.count }

  /// The number of lines, at least 1.
  public var lineCount: Int { lineStarts.count }

  /// The whole text as a span.
  public var span: SourceSpan { SourceSpan(0, bytes.count) }

  /// The text of a span; what lies outside of the text is left out. O(length of the span).
  public func text(in span: SourceSpan) -> String {
    let start = scalarStart(span.start)
    return String(decoding: bytes[start..<max(start, scalarStart(span.end))], as: UTF8.self)
  }

  /// The 1-based line and column of an offset; columns count Unicode scalars.
  public func position(at offset: Int) -> SourcePosition {
    let offset = scalarStart(offset)
    let line = lineIndex(of: offset)
    return SourcePosition(line: line + 1, column: scalarCount(from: lineStarts[line], to: offset) + 1)
  }

  /// The span of a 1-based line without its line end; empty at the end of the text where there is no such line.
  public func lineSpan(_ line: Int) -> SourceSpan {
    guard line >= 1, line <= lineStarts.count else { return SourceSpan(bytes.count, bytes.count) }
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return SourceSpan(start, end)
  }

  /// The number of Unicode scalars before a UTF-8 offset, as Jupyter counts cursor positions. O(offset).
  public func scalarOffset(of offset: Int) -> Int { scalarCount(from: 0, to: scalarStart(offset)) }

  /// The UTF-8 offset of the scalar with this number, or the end of the text. O(offset).
  public func offset(ofScalar scalarOffset: Int) -> Int {
    var remaining = max(0, scalarOffset)
    var index = 0
    while index < bytes.count {
      if !isContinuation(bytes[index]) {
        if remaining == 0 { return index }
        remaining -= 1
      }
      index += 1
    }
    return bytes.count
  }

  /// The scalar that begins at an offset and its length in bytes, or nil at the end of the text.
  func scalar(at offset: Int) -> (value: Unicode.Scalar, length: Int)? {
    guard offset >= 0, offset < bytes.count else { return nil }
    let first = bytes[offset]
    guard first >= 0x80 else { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard offset + length <= bytes.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(first) & (length == 4 ? 0x07 : length == 3 ? 0x0F : 0x1F)
    for byte in bytes[(offset + 1)..<(offset + length)] { value = value << 6 | UInt32(byte & 0x3F) }
    guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
    return (scalar, length)
  }

  /// The nearest beginning of a scalar at or before an offset, within the text.
  func scalarStart(_ offset: Int) -> Int {
    var offset = min(max(0, offset), bytes.count)
    while offset > 0, offset < bytes.count, isContinuation(bytes[offset]) { offset -= 1 }
    return offset
  }

  private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  private func scalarCount(from start: Int, to end: Int) -> Int {
    var count = 0
    for byte in bytes[start..<max(start, end)] where !isContinuation(byte) { count += 1 }
    return count
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// A place in a source text as people count it.
public struct SourcePosition: Sendable, Hashable {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in Unicode scalars.
  public let column: Int

  /// The place in this line and column.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
