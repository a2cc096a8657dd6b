public import CommandLanguage

/// Why a command cannot do what it was asked for, with the place in the cell.
public struct CommandFailure: Error, Sendable {
  /// Place, cause and remedy.
  public let diagnostic: Diagnostic
  /// What was made all the same, and the names it is kept under.
  public var kept: [(name: String, value: SessionValue)] = []

  /// A failure.
  public init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

  /// A failure at a place.
  init(_ code: String, _ message: String, at span: SourceSpan, help: String) {
    diagnostic = Diagnostic(.init(code), message, at: span, help: help)
  }
}

extension Diagnostic {
  /// A name that stands for something else than when the statement was bound.
  static func gone(_ name: String, _ kind: ReferenceKind, at span: SourceSpan) -> Diagnostic {
    Diagnostic(.unknownName, "`\(name)` does not stand for \(kind.phrase)", at: span, help: "assign it first")
  }

  /// An argument that is not there.
  static func missing(_ name: String, _ arguments: BoundCommand) -> Diagnostic {
    Diagnostic(
      .missingArgument, "`\(arguments.signature.title)` needs `\(name)`", at: arguments.verbSpan,
      help: "see `help \(arguments.signature.verb)`")
  }
}

/// Does something for an argument; an error is then told with the place of the argument.
///
/// - Parameter name: the argument; the verb is the place where it was not written.
func attempt<Result>(_ arguments: BoundCommand, _ name: String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let failure as CommandFailure {
    throw failure
  } catch {
    if error.isInterruption { throw error }
    throw CommandFailure(Diagnostic(error, at: arguments.span(of: name)))
  }
}
