namespace Nexus.Web.Pipelines;

/// <summary>What a new pipeline begins as: the usual six steps, to be filled in.</summary>
internal static class PipelineStarter
{
    public const string Text = """
        name: my-pipeline
        description: What does it predict?
        steps:
          ingest:    { component: ingest, with: { dataset: my-dataset } }
          validate:  { component: validate, inputs: { data: ingest }, with: { against: previous, failOn: error } }
          transform:
            component: transform
            inputs: { data: validate }
            with:
              label: my-label
              split: { by: random, train: 0.8, seed: 7 }
          train:     { component: train, inputs: { data: transform }, with: { trainer: lightgbm, seed: 7 } }
          evaluate:  { component: evaluate, inputs: { model: train, data: transform } }
          push:      { component: push, inputs: { model: train, report: evaluate }, with: { model: my-model } }

        """;
}
