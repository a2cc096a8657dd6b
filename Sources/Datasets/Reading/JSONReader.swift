/// Reads JSON value by value from the bytes of a file, and knows in which line it is.
///
/// What is not asked for is skipped without being kept, so that annotations of gigabytes take no more memory than what is
/// made of them.
struct JSONReader {
  private static let maximumDepth = 64

  private let bytes: [UInt8]
  private let file: String
  private var place = 0
  private var counted = (place: 0, line: 1)

  /// Reads from the content of a file, whose path is told in errors.
  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// The line, from 1 on, that the next value begins in.
  mutating func line() -> Int {
    _ = next()
    counted.line += bytes[counted.place..<place].count { $0 == UInt8(ascii: "\n") }
    counted.place = place
    return counted.line
  }

  /// Calls `member` for each member of an object; it must read or skip the value.
  mutating func object(
    _ member: (_ key: String, _ reader: inout JSONReader) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    try expect(UInt8(ascii: "{"))
    if take(UInt8(ascii: "}")) { return }
    repeat {
      let key = try string()
      try expect(UInt8(ascii: ":"))
      try member(key, &self)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  /// Calls `element` for each element of an array; it must read or skip it.
  mutating func array(_ element: (_ reader: inout JSONReader) throws(DatasetError) -> Void) throws(DatasetError) {
    try expect(UInt8(ascii: "["))
    if take(UInt8(ascii: "]")) { return }
    repeat { try element(&self) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
  }

  /// A string; another value is skipped and gives nil.
  mutating func stringIfAny() throws(DatasetError) -> String? {
    if next() == UInt8(ascii: "\"") { return try string() }
    try skip()
    return nil
  }

  /// A number; another value is skipped and gives nil.
  mutating func numberIfAny() throws(DatasetError) -> Double? {
    guard let byte = next(), byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      try skip()
      return nil
    }
    let start = place
    let infinity = "-Infinity".utf8
    if byte == UInt8(ascii: "-"), bytes[place...].starts(with: infinity) {
      place += infinity.count
      return nil
    }
    while place < bytes.count, Self.isNumeral(bytes[place]) { place += 1 }
    guard let number = Double(String(decoding: bytes[start..<place], as: UTF8.self)) else {
      throw error("has a number that is none", at: start)
    }
    return number
  }

  /// A whole number; another value is skipped and gives nil.
  mutating func integerIfAny() throws(DatasetError) -> Int? { try numberIfAny().flatMap { Int(exactly: $0) } }

  /// The numbers of an array; nil where it is none, or where something else is in it.
  mutating func numbersIfAny() throws(DatasetError) -> [Double]? {
    guard next() == UInt8(ascii: "[") else {
      try skip()
      return nil
    }
    var numbers: [Double] = []
    var isSound = true
    try array { reader throws(DatasetError) in
      if let number = try reader.numberIfAny() { numbers.append(number) } else { isSound = false }
    }
    return isSound ? numbers : nil
  }

  /// Passes over a value.
  mutating func skip() throws(DatasetError) { try skip(depth: 0) }

  /// The first byte of the next value; nil at the end.
  mutating func next() -> UInt8? {
    while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
    return place < bytes.count ? bytes[place] : nil
  }

  /// Nothing but white space may be left.
  mutating func finish() throws(DatasetError) {
    if next() != nil { throw error("has something behind its end") }
  }

  private mutating func skip(depth: Int) throws(DatasetError) {
    guard depth < Self.maximumDepth else { throw error("has values that lie too deep in each other") }
    // No value begins with a zero byte, which stands for the end here.
    switch next() ?? 0 {
    case UInt8(ascii: "{"):
      try object { (_, reader) throws(DatasetError) in try reader.skip(depth: depth + 1) }
    case UInt8(ascii: "["):
      try array { reader throws(DatasetError) in try reader.skip(depth: depth + 1) }
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try numberIfAny()
    // Python writes these, though they are no JSON.
    case UInt8(ascii: "N"): try word("NaN")
    case UInt8(ascii: "I"): try word("Infinity")
    default: throw error("has no value where one should be")
    }
  }

  private mutating func string() throws(DatasetError) -> String {
    let start = place
    try expect(UInt8(ascii: "\""))
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escape()
      case UInt8(ascii: "\n"): throw error("has a text without an end", at: start)
      default: text.append(byte)
      }
    }
    throw error("has a text without an end", at: start)
  }

  private mutating func skipString() throws(DatasetError) {
    let start = place
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "\"") { return }
    }
    throw error("has a text without an end", at: min(start, bytes.count))
  }

  private mutating func escape() throws(DatasetError) -> [UInt8] {
    guard place < bytes.count else { throw error("has a text without an end") }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"):
      var units = [try codeUnit()]
      if (0xD800..<0xDC00).contains(units[0]), place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
        bytes[place + 1] == UInt8(ascii: "u")
      {
        place += 2
        units.append(try codeUnit())
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    default: throw error("has an unknown escape in a text")
    }
  }

  private mutating func codeUnit() throws(DatasetError) -> UInt16 {
    guard place + 4 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw error("has an unknown escape in a text") }
    place += 4
    return unit
  }

  private mutating func word(_ word: String) throws(DatasetError) {
    guard bytes[place...].starts(with: word.utf8) else { throw error("has no value where one should be") }
    place += word.utf8.count
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(DatasetError) {
    guard take(byte) else {
      let found = place < bytes.count ? "“\(String(decoding: bytes[place..<place + 1], as: UTF8.self))”" : "its end"
      throw error("has \(found) where “\(String(decoding: [byte], as: UTF8.self))” should be")
    }
  }

  private func error(_ message: String, at other: Int? = nil) -> DatasetError {
    let line = 1 + bytes.prefix(other ?? place).count { $0 == UInt8(ascii: "\n") }
    return DatasetError(
      .invalidAnnotation, "line \(line) \(message)", remedy: "check that the file is JSON and whole", file: file)
  }

  private static func isNumeral(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
