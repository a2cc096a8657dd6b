/// The header of an array file: a Python dictionary with three keys.
struct NumPyHeader {
  let element: NumPyElement
  let isFortranOrder: Bool
  let shape: [Int]

  init(_ text: String) throws(EvaluationError) {
    let compact = text.filter { !$0.isWhitespace }
    guard let descriptor = Self.value(of: "descr", in: compact, from: "'", to: "'") else {
      throw NumPyArray.invalid("has a header that cannot be read, or elements of several fields")
    }
    guard let element = NumPyElement(descriptor: String(descriptor)) else {
      throw NumPyArray.invalid("has elements of the type \(descriptor), which is not read")
    }
    guard let extents = Self.value(of: "shape", in: compact, from: "(", to: ")") else {
      throw NumPyArray.invalid("has a header without a shape")
    }
    let parts = extents.split(separator: ",")
    let shape = parts.compactMap { Int($0) }
    guard shape.count == parts.count else { throw NumPyArray.invalid("has the shape (\(extents)), which is no shape") }
    self.element = element
    self.shape = shape
    isFortranOrder = Self.rest(behind: "fortran_order", in: compact)?.hasPrefix("True") ?? false
  }

  private static func rest(behind key: String, in text: String) -> Substring? {
    for quote in ["'", "\""] {
      let wanted = quote + key + quote + ":"
      if let place = text.indices.first(where: { text[$0...].hasPrefix(wanted) }) {
        return text[place...].dropFirst(wanted.count)
      }
    }
    return nil
  }

  private static func value(of key: String, in text: String, from: Character, to: Character) -> Substring? {
    guard let rest = rest(behind: key, in: text), rest.first == from else { return nil }
    let inner = rest.dropFirst()
    return inner.firstIndex(of: to).map { inner[..<$0] }
  }
}
