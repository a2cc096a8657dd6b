extension CellSyntax: CustomStringConvertible {
  /// The canonical text: one statement a line.
  public var description: String { statements.map(\.description).joined(separator: "\n") }
}

extension StatementSyntax: CustomStringConvertible {
  /// The canonical text: one space between parts, strings in double quotes, lists with a space behind the comma.
  ///
  /// Parsing it gives a tree that differs in spans only, for a statement without errors.
  public var description: String {
    let prefix = assignedName.map { "\($0.text) = " } ?? ""
    return switch body {
    case .command(let command): prefix + command.description
    case .value(let value): prefix + value.description
    case .missing: prefix
    }
  }
}

extension CommandSyntax: CustomStringConvertible {
  /// The canonical text of the command.
  public var description: String { ([verb.text] + arguments.map(\.description)).joined(separator: " ") }
}

extension ArgumentSyntax: CustomStringConvertible {
  /// The canonical text of the argument.
  public var description: String { (label.map { "\($0.text): " } ?? "") + value.description }
}

extension ValueSyntax: CustomStringConvertible {
  /// The canonical text of the value.
  public var description: String {
    switch kind {
    case .string(let text): text.quotedForSource
    case .number(let number): number.description
    case .bool(let value): value ? "true" : "false"
    case .name(let name): name
    case .element(let base, let key): "\(base.text)[\(key)]"
    case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
    case .range(let lower, let upper): "\(lower)..\(upper)"
    case .size(let sides): sides.map(String.init).joined(separator: "x")
    case .condition(let condition): condition.description
    case .missing: ""
    }
  }
}

extension NumberSyntax: CustomStringConvertible {
  /// The shortest text that gives the same number, with its unit.
  public var description: String { (integer.map(String.init) ?? value.description) + (unit?.rawValue ?? "") }
}

extension ConditionSyntax: CustomStringConvertible {
  /// The canonical text of the condition; parentheses only where `or` stands inside `and`.
  public var description: String {
    switch kind {
    case .comparison(let comparison): comparison.description
    case .all(let parts):
      parts.map { if case .any = $0.kind { "(\($0))" } else { $0.description } }.joined(separator: " and ")
    case .any(let parts): parts.map(\.description).joined(separator: " or ")
    }
  }
}

extension ComparisonSyntax: CustomStringConvertible {
  /// The canonical text of the comparison.
  public var description: String {
    let name = Lexer.isWord(column.text) ? column.text : column.text.quotedForSource
    return "\(name) \(comparison.rawValue) \(operand)"
  }
}

extension String {
  /// The text as a string of the language: in double quotes, with escapes for what could not be read or seen.
  public var quotedForSource: String { "\"" + escapedForSource + "\"" }

  /// The text as it stands between the quotes of a string; the given quote is escaped.
  func escaped(quote: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case "\\", quote: result.append(contentsOf: ["\\", scalar])
      default:
        if scalar.isInvisible {
          result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
        } else {
          result.append(scalar)
        }
      }
    }
    return String(result)
  }

  private var escapedForSource: String { escaped(quote: "\"") }
}

extension Unicode.Scalar {
  /// Whether the scalar shows nothing or changes how its neighbours are shown: controls, formats and separators.
  var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
