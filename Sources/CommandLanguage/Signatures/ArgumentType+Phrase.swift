extension ArgumentType {
  /// The type as part of a sentence, such as "a whole number from 1 to 64".
  public var phrase: String {
    switch self {
    case .string: "text in quotes"
    case .filePath: "a path in quotes"
    case .number(let limits, let units):
      "a number" + units.phrase
        + Self.limitsPhrase(limits, least: -.greatestFiniteMagnitude, most: .greatestFiniteMagnitude)
    case .integer(let limits): "a whole number" + Self.limitsPhrase(limits, least: .min, most: .max)
    case .percent: "a percentage such as 0.5%"
    case .duration: "a duration such as 5ms or 2s"
    case .bool: "true or false"
    case .choice(let words): words.count == 1 ? words[0].word : "one of " + words.map(\.word).joined(separator: ", ")
    case .size: "a size such as 224x224"
    case .range(let limits): "a range such as 1..4" + Self.limitsPhrase(limits, least: .min, most: .max)
    case .list(let element, let count): "a list of \(Self.countPhrase(count))\(element.pluralPhrase)"
    case .reference(let kinds): (kinds.isEmpty ? ["a name"] : kinds.map(\.phrase)).joined(with: "or")
    case .element: "a sample of a dataset such as photos[\"bird.jpg\"]"
    case .condition(let columns): "a condition such as \(columns.example)"
    case .column(let columns):
      columns.isEmpty ? "the name of a column" : "a column: " + columns.map(\.name).joined(separator: ", ")
    case .verb: "the name of a command"
    case .either: alternatives.map(\.phrase).joined(with: "or")
    }
  }

  /// The type in as few words as a table or a usage line has room for, such as `performance|mixed`.
  public var shortName: String {
    switch self {
    case .string: "text"
    case .filePath: "path"
    case .number: "number"
    case .integer: "integer"
    case .percent: "percent"
    case .duration: "duration"
    case .bool: "true|false"
    case .choice(let words):
      words.map { Lexer.isWord($0.word) ? $0.word : $0.word.quotedForSource }.joined(separator: "|")
    case .size: "size"
    case .range: "range"
    case .list(let element, _): "[\(element.shortName), …]"
    case .reference(let kinds):
      kinds.isEmpty ? "name" : kinds.map { $0 == .any ? "name" : $0.rawValue }.joined(separator: "|")
    case .element: "dataset[sample]"
    case .condition: "condition"
    case .column: "column"
    case .verb: "command"
    case .either: alternatives.map(\.shortName).joined(separator: "|")
    }
  }

  private var pluralPhrase: String {
    switch self {
    case .string: "texts in quotes"
    case .filePath: "paths in quotes"
    case .number: "numbers"
    case .integer: "whole numbers"
    case .percent: "percentages"
    case .reference(let kinds) where kinds.count == 1 && kinds[0] != .any: kinds[0].rawValue + "s"
    case .column: "columns"
    default: "values, each \(phrase)"
    }
  }

  private static func countPhrase(_ count: ClosedRange<Int>) -> String {
    if count.lowerBound == count.upperBound { return "\(count.lowerBound) " }
    if count.upperBound < Int.max { return "\(count.lowerBound) to \(count.upperBound) " }
    return count.lowerBound > 1 ? "at least \(count.lowerBound) " : ""
  }

  private static func limitsPhrase<Bound: Comparable>(
    _ limits: ClosedRange<Bound>, least: Bound, most: Bound
  ) -> String where Bound: CustomStringConvertible {
    switch (limits.lowerBound > least, limits.upperBound < most) {
    case (true, true): " from \(limits.lowerBound.limitText) to \(limits.upperBound.limitText)"
    case (true, false): " of at least \(limits.lowerBound.limitText)"
    case (false, true): " of at most \(limits.upperBound.limitText)"
    case (false, false): ""
    }
  }
}

extension CustomStringConvertible {
  /// The number without a fraction of zero.
  fileprivate var limitText: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension [NumberUnit.Dimension] {
  fileprivate var phrase: String {
    let units = NumberUnit.allCases.filter { contains($0.dimension) }.map(\.rawValue)
    return units.isEmpty ? "" : " (in \(units.joined(with: "or")))"
  }
}

extension [ColumnSignature] {
  /// A condition that reads well for these columns.
  var example: String {
    guard let column = first else { return "rank > 0" }
    let name = Lexer.isWord(column.name) ? column.name : column.name.quotedForSource
    return switch column.content {
    case .number, .any: "\(name) > 0"
    case .text: "\(name) contains \"bird\""
    case .bool: "\(name) = true"
    }
  }
}
