/// The shortest decimal digits that identify a finite `Double`, ready to be rounded and laid out.
///
/// The value is `0.d₁d₂d₃… × 10^pointPosition`. Rounding takes these digits, not the binary value, so that what is
/// shown is always the rounding of what a full-precision export prints; halves go away from zero.
struct DecimalDigits: Equatable {
  var isNegative: Bool
  /// Digits 0 to 9 without leading zeros; empty for zero.
  var digits: [UInt8]
  var pointPosition: Int

  init(_ value: Double) {
    isNegative = value < 0
    digits = []
    pointPosition = 0
    guard value.isFinite, value != 0 else { return }
    var exponent = 0
    var hasPoint = false
    var exponentText = ""
    var inExponent = false
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): hasPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): inExponent = true
      case _ where inExponent: exponentText.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits.append(byte - UInt8(ascii: "0"))
        if !hasPoint { pointPosition += 1 }
      default: break
      }
    }
    if exponentText.hasPrefix("+") { exponentText.removeFirst() }
    exponent = Int(exponentText) ?? 0
    pointPosition += exponent
    let leadingZeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leadingZeros)
    pointPosition -= leadingZeros
    removeTrailingZeros()
  }

  var isZero: Bool { digits.isEmpty }

  /// Rounds so that `count` digits remain behind the point.
  mutating func round(decimals count: Int) {
    keep(pointPosition + count)
  }

  /// Rounds to `count` significant digits.
  mutating func round(significant count: Int) {
    keep(count)
  }

  private mutating func keep(_ count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      pointPosition = 0
      return
    }
    let roundsUp = digits[count] >= 5
    digits.removeSubrange(count...)
    if roundsUp {
      var index = count - 1
      while index >= 0, digits[index] == 9 {
        digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        digits[index] += 1
      } else {
        digits.insert(1, at: 0)
        pointPosition += 1
      }
    }
    removeTrailingZeros()
  }

  private mutating func removeTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { pointPosition = 0 }
  }

  /// The magnitude with at least `decimals` digits behind the point, and commas between thousands if wanted.
  func positional(decimals: Int, grouping: Bool) -> String {
    var text = ""
    if pointPosition <= 0 {
      text = "0"
    } else {
      for index in 0..<pointPosition {
        text.append(character(at: index))
        let following = pointPosition - 1 - index
        if grouping, following > 0, following.isMultiple(of: 3) { text.append(",") }
      }
    }
    let fractionCount = max(decimals, digits.count - pointPosition)
    if fractionCount > 0 {
      text.append(".")
      for index in pointPosition..<(pointPosition + fractionCount) { text.append(character(at: index)) }
    }
    return text
  }

  /// The magnitude as `d.dde±x` with at least `significant` digits.
  func scientific(significant: Int) -> String {
    var text = String(character(at: 0))
    let count = max(significant, digits.count)
    if count > 1 {
      text.append(".")
      for index in 1..<count { text.append(character(at: index)) }
    }
    return text + "e\(isZero ? 0 : pointPosition - 1)"
  }

  private func character(at index: Int) -> Character {
    guard digits.indices.contains(index) else { return "0" }
    return Character(Unicode.Scalar(UInt8(ascii: "0") + digits[index]))
  }
}
