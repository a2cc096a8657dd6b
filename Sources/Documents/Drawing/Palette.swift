/// The colours of drawings, legible on their own white card whatever lies around it.
enum Palette {
  static let background = Color(0xFFFFFF)
  static let ink = Color(0x1F2328)
  static let quiet = Color(0x5B6570)
  static let line = Color(0xD5DBE1)
  static let wash = Color(0xEDF0F3)
  static let accent = Color(0x1F6FD0)
  static let reference = Color(0x8F9AA5)
  static let alarm = Color(0xB42318)

  static let orange = Color(0xC2641A)

  private static let series = [accent, orange, Color(0x1B8A7A), Color(0x8250A8), Color(0x7A6A00)]

  /// The colours of several series: grey for references, distinct ones for the rest, starting with the accent.
  static func colors(isReference: [Bool]) -> [Color] {
    var next = 0
    return isReference.map { isReference in
      if isReference { return reference }
      defer { next += 1 }
      return series[next % series.count]
    }
  }
}
