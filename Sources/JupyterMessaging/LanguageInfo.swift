/// The language of a kernel, as front ends need it to colour, save and convert cells.
public struct LanguageInfo: Sendable, Equatable {
  /// The language's name.
  public let name: String
  /// The language's version.
  public let version: String
  /// The MIME type of its text.
  public let mimetype: String
  /// The extension of its files, with the dot.
  public let fileExtension: String
  /// The lexer of Pygments that colours it in converted notebooks; nil where its name finds one.
  public let pygmentsLexer: String?
  /// The mode of CodeMirror that colours it, a name or an object with `name` and `mime`; nil where the language's name or
  /// MIME type finds one.
  public let codeMirrorMode: JSONValue?

  /// Creates a description of a language.
  public init(
    name: String, version: String, mimetype: String, fileExtension: String, pygmentsLexer: String? = nil,
    codeMirrorMode: JSONValue? = nil
  ) {
    self.name = name
    self.version = version
    self.mimetype = mimetype
    self.fileExtension = fileExtension
    self.pygmentsLexer = pygmentsLexer
    self.codeMirrorMode = codeMirrorMode
  }

  var fields: JSONObject {
    var fields: JSONObject = [
      "name": .string(name), "version": .string(version), "mimetype": .string(mimetype),
      "file_extension": .string(fileExtension), "nbconvert_exporter": "script",
    ]
    if let pygmentsLexer { fields["pygments_lexer"] = .string(pygmentsLexer) }
    if let codeMirrorMode { fields["codemirror_mode"] = codeMirrorMode }
    return fields
  }
}

/// One entry of a front end's help menu.
public struct HelpLink: Sendable, Equatable {
  /// What the entry says.
  public let text: String
  /// Where it leads.
  public let url: String

  /// Creates an entry.
  public init(text: String, url: String) {
    self.text = text
    self.url = url
  }
}
