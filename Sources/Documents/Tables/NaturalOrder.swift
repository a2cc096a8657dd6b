/// The order of words in which runs of digits count as numbers.
enum NaturalOrder {
  /// Returns a negative number, zero or a positive number as `left` comes before, with or after `right`.
  static func compare(_ left: String, _ right: String) -> Int {
    var left = Array(left.unicodeScalars)[...]
    var right = Array(right.unicodeScalars)[...]
    while let a = left.first, let b = right.first {
      if isDigit(a), isDigit(b) {
        let first = takeNumber(&left)
        let second = takeNumber(&right)
        if first.count != second.count { return first.count < second.count ? -1 : 1 }
        if let difference = zip(first, second).first(where: { $0 != $1 }) {
          return difference.0 < difference.1 ? -1 : 1
        }
      } else {
        if a != b { return a < b ? -1 : 1 }
        left.removeFirst()
        right.removeFirst()
      }
    }
    return left.isEmpty ? (right.isEmpty ? 0 : -1) : 1
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }

  private static func takeNumber(_ text: inout ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    let digits = text.prefix(while: isDigit)
    text.removeFirst(digits.count)
    return digits.drop { $0 == "0" }
  }
}
