import CExpat
import FoundationEssentials

/// Reads XML documents without document types: nothing in them can refer to entities, to other files, or grow.
///
/// The only code here that touches C: the parser lives as long as one call, and its pointers stay inside.
enum XMLReader {
  /// How deep elements may be nested.
  static let maximumDepth = 64
  private static let pieceByteCount = 1 << 20

  /// The root of a document.
  ///
  /// - Throws: `ModelFormatError.malformedFile` or `unsupportedFeature` with the line.
  static func root(of document: Data) throws(ModelFormatError) -> XMLElement {
    guard let parser = unsafe XML_ParserCreate(nil) else {
      throw ModelFormatError(.unreadableFile, "cannot be read: there is no memory left", remedy: "close other programs")
    }
    defer { unsafe XML_ParserFree(parser) }
    let tree = unsafe XMLTree(parser: parser)
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(tree).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let data = unsafe data, let name = unsafe name, let attributes = unsafe attributes else { return }
        let tree = unsafe Unmanaged<XMLTree>.fromOpaque(data).takeUnretainedValue()
        var values: [String: String] = [:]
        var index = 0
        while let key = unsafe attributes[index], let value = unsafe attributes[index + 1] {
          unsafe values[String(cString: key)] = String(cString: value)
          index += 2
        }
        let text = unsafe String(cString: name)
        tree.begin(text, values)
      },
      { data, _ in
        guard let data = unsafe data else { return }
        unsafe Unmanaged<XMLTree>.fromOpaque(data).takeUnretainedValue().end()
      })
    unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let data = unsafe data else { return }
      unsafe Unmanaged<XMLTree>.fromOpaque(data).takeUnretainedValue().refuseDocumentType()
    }
    var start = document.startIndex
    repeat {
      let end = min(start + pieceByteCount, document.endIndex)
      let piece = document[start..<end].map { CChar(bitPattern: $0) }
      let status = unsafe XML_Parse(parser, piece, Int32(piece.count), end == document.endIndex ? 1 : 0)
      if let refusal = tree.refusal { throw refusal }
      guard status == XML_STATUS_OK else {
        let cause = unsafe XML_ErrorString(XML_GetErrorCode(parser))
        let text = unsafe cause.map { unsafe String(cString: $0) }
        throw ModelFormatError(
          .malformedFile, "is damaged or was cut off in line \(tree.line): \(text ?? "no XML")",
          remedy: "fetch or export the model again")
      }
      start = end
    } while start < document.endIndex
    guard let root = tree.root else {
      throw ModelFormatError(.malformedFile, "holds no element", remedy: "export the model again")
    }
    return root
  }
}

/// The document as it grows.
@safe private final class XMLTree {
  private let parser: OpaquePointer
  private var open: [XMLElement] = []
  private(set) var root: XMLElement?
  /// Why the rest of the document is not read.
  private(set) var refusal: ModelFormatError?

  init(parser: OpaquePointer) { unsafe self.parser = parser }

  /// The line that the parser is at, from 1.
  var line: Int { unsafe Int(XML_GetCurrentLineNumber(parser)) }

  func begin(_ name: String, _ attributes: [String: String]) {
    guard open.count < XMLReader.maximumDepth else {
      return refuse("nests elements more than \(XMLReader.maximumDepth) deep")
    }
    open.append(XMLElement(name: name, attributes: attributes, line: line))
  }

  func end() {
    guard let element = open.popLast() else { return }
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }

  func refuseDocumentType() { refuse("has a document type (DOCTYPE), which is not read") }

  private func refuse(_ cause: String) {
    if refusal == nil {
      refusal = ModelFormatError(
        .unsupportedFeature, "\(cause), in line \(line)", remedy: "export the model with openvino.save_model")
    }
    unsafe XML_StopParser(parser, 0)
  }
}
