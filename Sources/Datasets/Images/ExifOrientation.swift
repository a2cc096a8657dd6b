/// How the stored rows and columns lie in the picture as it is to be seen (EXIF 2.3, tag 0x0112).
enum ExifOrientation: Int, Sendable, CaseIterable {
  case upright = 1
  case mirroredHorizontally
  case turnedHalf
  case mirroredVertically
  case transposed
  case turnedClockwise
  case transversed
  case turnedCounterclockwise

  /// Reads the orientation from EXIF data, a TIFF structure; upright where it states none or is damaged.
  init(exif: ArraySlice<UInt8>) {
    self = Self.orientationTag(in: exif).flatMap(Self.init(rawValue:)) ?? .upright
  }

  /// Whether width and height are exchanged.
  var exchangesAxes: Bool { rawValue >= 5 }

  private static func orientationTag(in exif: ArraySlice<UInt8>) -> Int? {
    let isLittleEndian: Bool
    if exif.starts(with: [0x49, 0x49, 0x2A, 0x00]) {
      isLittleEndian = true
    } else if exif.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) {
      isLittleEndian = false
    } else {
      return nil
    }
    func integer(at offset: Int, byteCount: Int) -> Int? {
      guard offset >= 0, offset <= exif.count - byteCount else { return nil }
      let bytes = exif[exif.startIndex + offset..<exif.startIndex + offset + byteCount]
      return isLittleEndian
        ? bytes.reversed().reduce(0) { $0 << 8 | Int($1) } : bytes.reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = integer(at: 4, byteCount: 4), let entryCount = integer(at: directory, byteCount: 2) else {
      return nil
    }
    for entry in 0..<entryCount {
      let offset = directory + 2 + entry * 12
      guard let tag = integer(at: offset, byteCount: 2), let type = integer(at: offset + 2, byteCount: 2) else {
        return nil
      }
      // 3 is SHORT, the type that the standard demands; 4, LONG, occurs.
      if tag == 0x0112, type == 3 || type == 4 { return integer(at: offset + 8, byteCount: type == 3 ? 2 : 4) }
    }
    return nil
  }
}
