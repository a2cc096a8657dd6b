import Datasets
public import Documents
import FoundationEssentials

/// A report as it was shown before, with all rows; what it was made of is not needed.
public struct KeptReport: Report {
  /// The report in a form that can be written down.
  private struct Page: Codable {
    var document: Document
    /// The place among the blocks of the table whose rows are kept one by one.
    var table: Int?
    var textDocument: Document?
    var charts: [Chart]
    var chartsFollow: Bool
    var gallery: ImageGrid?
    var data: DataValue
    /// Whether `data` ends with the columns and rows of the table, which are not written twice.
    var dataEndsWithTable: Bool
  }

  private let page: Page

  /// Takes a report as it is.
  public init(_ report: any Report) {
    let document = report.document
    let text = report.textDocument
    var data = report.data
    let table = Self.largestTable(document)
    var endsWithTable = false
    if let table, case .table(let content) = document.blocks[table], case .object(let members) = data {
      let ending = DataValue.columnsAndRows(of: content)
      endsWithTable = members.suffix(ending.count).elementsEqual(ending)
      if endsWithTable { data = .object(Array(members.dropLast(ending.count))) }
    }
    page = Page(
      document: document, table: table, textDocument: text == document ? nil : text, charts: report.charts,
      chartsFollow: report.chartsFollow, gallery: report.gallery, data: data, dataEndsWithTable: endsWithTable)
  }

  /// Reads what `encoded` wrote.
  ///
  /// - Throws: where the bytes are not such a report.
  public init(page: [UInt8], rows: [[UInt8]]) throws {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: Self.infinity, negativeInfinity: "-" + Self.infinity, nan: Self.nan)
    if let key = Picture.jpegReaderKey {
      let reader: Picture.JPEGReader = { bytes in
        let image = try Image(decoding: bytes)
        return try Picture(width: image.width, height: image.height, pixels: image.pixels)
      }
      decoder.userInfo[key] = reader
    }
    var read = try decoder.decode(Page.self, from: Data(page))
    if let place = read.table, read.document.blocks.indices.contains(place),
      case .table(var table) = read.document.blocks[place]
    {
      table.rows = try rows.map { try decoder.decode(Row.self, from: Data($0)) }
      read.document.blocks[place] = .table(table)
    } else {
      read.table = nil
    }
    self.page = read
  }

  /// The report without the rows of its largest table, and these, as JSON.
  ///
  /// - Throws: where a value cannot be written.
  public func encoded() throws -> (page: [UInt8], rows: [[UInt8]]) {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: Self.infinity, negativeInfinity: "-" + Self.infinity, nan: Self.nan)
    var short = page
    var rows: [[UInt8]] = []
    if let place = page.table, case .table(var table) = page.document.blocks[place] {
      rows = try table.rows.map { [UInt8](try encoder.encode($0)) }
      table.rows = []
      short.document.blocks[place] = .table(table)
    }
    return ([UInt8](try encoder.encode(short)), rows)
  }

  /// The page.
  public var document: Document { page.document }
  /// The page as it is where pictures do not show.
  public var textDocument: Document { page.textDocument ?? page.document }
  /// Charts that a notebook shows beside the page.
  public var charts: [Chart] { page.charts }
  /// Whether the charts stand behind the page.
  public var chartsFollow: Bool { page.chartsFollow }
  /// The pictures of which the report's PNG is made.
  public var gallery: ImageGrid? { page.gallery }
  /// The report as plain data.
  public var data: DataValue {
    guard page.dataEndsWithTable, let place = page.table, case .table(let table) = page.document.blocks[place],
      case .object(let members) = page.data
    else { return page.data }
    return .object(members + DataValue.columnsAndRows(of: table))
  }

  private static let infinity = "infinity"
  private static let nan = "not a number"

  private static func largestTable(_ document: Document) -> Int? {
    let counts = document.blocks.enumerated().compactMap { place, block -> (place: Int, count: Int)? in
      if case .table(let table) = block { (place, table.rows.count) } else { nil }
    }
    return counts.max { $0.count < $1.count }?.place
  }
}
