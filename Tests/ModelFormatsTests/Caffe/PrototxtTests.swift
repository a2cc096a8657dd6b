import Graphs
import ModelFormats
import Testing

@Suite struct PrototxtTests {
  private static let head = "input: \"x\"\ninput_dim: 1 input_dim: 1 input_dim: 3 input_dim: 3\n"

  private static func load(_ prototxt: String) throws(ModelFormatError) -> ImportedModel {
    var files = CaffeFiles.convolution
    files.prototxt = prototxt
    return try files.load()
  }

  private static let spellings: [String] = [
    """
    \(head)
    layer { name: 'conv' type: 'Convolution' bottom: 'x' top: 'y' convolution_param { num_output: 1 kernel_size: 2 } }
    """,
    """
    \(head)
    layer: <
      name: "co" "nv", type: "Convolution"; bottom: "x" top: ["y"] # a comment }
      convolution_param: { num_output: 1 kernel_h: 2 kernel_w: 2 pad: 0 stride: [1, 1] group: 1 axis: -3 }
    >
    """,
    """
    \(head)
    layer {
      name: "conv" type: "Convolution" bottom: "x" top: "y" param { lr_mult: 1 } phase: TEST
      convolution_param { num_output: 1 kernel_size: 2 weight_filler { type: "msra" } engine: MKL2017 }
    }
    """,
    """
    force_backward: true state { phase: TEST }
    \(head)
    layers {
      name: "conv" type: CONVOLUTION bottom: "x" top: "y" blobs_lr: 1 weight_decay: 0
      convolution_param { num_output: 1 kernel_size: 2 }
    }
    """,
    "\u{FEFF}layer { name: \"data\" type: \"Input\" top: \"x\" input_param { shape { dim: [1, 1, 3, 3] } } }\r\n"
      + "layer { name: \"conv\" type: \"Convolution\" bottom: \"x\" top: \"y\"\r\n"
      + "convolution_param { num_output: 1 kernel_size: 2 } }",
  ]

  @Test(arguments: spellings) func `The same network is read however it is spelled`(prototxt: String) throws {
    let graph = try Self.load(prototxt).graph
    #expect(graph.operatorNames == ["Conv"] && graph.nodes[0].name == "conv")
    #expect(try graph.floats(for: (1...9).map(Float.init)) == [37.5, 47.5, 67.5, 77.5])
  }

  private static func convolution(_ settings: String) -> String {
    """
    \(head)layer {
      name: "conv" type: "Convolution" bottom: "x" top: "y"
      convolution_param {
        \(settings)
      }
    }
    """
  }

  private static let faults: [(prototxt: String, message: String)] = [
    (convolution("num_output: 1 kernel_size: two"), "line 6: “kernel_size” has an impossible value"),
    (convolution("num_output: 1 kernel_size: -2"), "line 6: “kernel_size” has an impossible value"),
    (convolution("num_output: 1\n kernel_sise: 2"), "line 7: the field “kernel_sise” is not known"),
    (convolution("num_output: 1 kernel_size 2"), "line 6: expected “:” or “{” behind “kernel_size”"),
    (convolution("num_output: 1 kernel_size: }"), "line 6: expected a value of “kernel_size”, but found “}”"),
    (convolution("num_output: 1 kernel_size: 2 ?"), "line 6: expected the name of a field or “}”, but found “?”"),
    (convolution("num_output: 1 {"), "line 6: expected the name of a field or “}”, but found “{”"),
    (head + "layer { name: \"conv }", "line 3: a quoted string is not closed"),
    (head + "layer { name: \"conv\" ", "line 3: the text ends before “layer”, opened in line 3, is closed"),
    (head + "layer { name: ", "line 3: the text ends where “name” should have a value"),
    (head + "layer { bottom: [\"x\" }", "line 3: the list of “bottom” is not closed"),
    (head + "}", "line 3: expected the name of a field, but found “}”"),
    (head + "colour: 3", "line 3: the field “colour” is not known"),
    ("net: \"train.prototxt\"\nbase_lr: 0.1", "belongs to a Caffe solver"),
    ("layers { layer { name: \"conv\" type: \"conv\" } }", "V0"),
  ]

  @Test(arguments: faults) func `A fault is named with its line`(prototxt: String, message: String) {
    #expect {
      try Self.load(prototxt)
    } throws: {
      "\($0)".contains(message) && ($0 as? ModelFormatError)?.file == "net.prototxt"
    }
  }

  @Test(arguments: [
    ("", 1), ("include { phase: TEST }", 1), ("include { phase: TRAIN }", 0), ("exclude { phase: TEST }", 0),
    ("exclude { phase: TRAIN }", 1), ("include { phase: TRAIN } include { phase: TEST }", 1),
    ("include { min_level: 1 }", 0), ("include { max_level: 0 }", 1), ("include { stage: \"deploy\" }", 0),
    ("include { not_stage: \"deploy\" }", 1),
  ]) func `Rules decide which layers take part`(rule: String, count: Int) throws {
    let graph = try Self.load(
      CaffeFiles.convolution.prototxt
        + "layer { name: \"r\" type: \"Convolution\" bottom: \"x\" top: \"z\" \(rule)"
        + "convolution_param { num_output: 1 kernel_size: 1 } }\n", extra: true
    ).graph
    #expect(graph.nodes.count == 1 + count && graph.outputs.count == 1 + count)
  }

  private static func load(_ prototxt: String, extra: Bool) throws -> ImportedModel {
    var files = CaffeFiles.convolution
    files.prototxt = prototxt
    if extra { files.weights.append(("r", [.init([1, 1, 1, 1], [1]), .init([1], [0])])) }
    return try files.load()
  }

  @Test func `Data layers are inputs, losses and measures are left out`() throws {
    var files = CaffeFiles.convolution
    files.prototxt = """
      layer { name: "train" type: "Data" top: "x" top: "label" include { phase: TRAIN } data_param { backend: LMDB } }
      layer { name: "test" type: "Data" top: "x" top: "label" include { phase: TEST } data_param { backend: LMDB } }
      layer {
        name: "conv" type: "Convolution" bottom: "x" top: "y"
        convolution_param { num_output: 1 kernel_size: 2 }
      }
      layer { name: "accuracy" type: "Accuracy" bottom: "y" bottom: "label" top: "accuracy" include { phase: TEST } }
      layer { name: "loss" type: "SoftmaxWithLoss" bottom: "y" bottom: "label" top: "loss" }
      """
    let model = try files.load(ImportOptions(shape: [1, 1, 3, 3]))
    #expect(model.graph.inputs.map { model.graph[$0].name } == ["x"])
    #expect(model.graph.outputs.map { model.graph[$0].name } == ["y"])
    #expect(model.notes.count == 2 && model.notes[0].contains("“accuracy”") && model.notes[1].contains("“loss”"))
    #expect {
      try files.load()
    } throws: {
      "\($0)".contains("input “x”") && "\($0)".contains("shape: [1, 3, 224, 224]")
    }
  }
}
