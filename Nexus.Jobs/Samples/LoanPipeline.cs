namespace Nexus.Jobs.Samples;

/// <summary>The sample's pipeline, in words that a newcomer can change.</summary>
internal static class LoanPipeline
{
    /// <param name="name">Of dataset, pipeline and model.</param>
    public static string Yaml(string name) => $$"""
        name: {{name}}
        description: Will the loan be repaid?
        params: { target: outcome, leaves: 15 }
        steps:
          ingest:    { component: ingest, with: { dataset: {{name}} } }
          validate:  { component: validate, inputs: { data: ingest }, with: { against: previous, failOn: error } }
          transform:
            component: transform
            inputs: { data: validate }
            with:
              label: "${params.target}"
              positive: repaid
              time: applied_at
              features: [salary, commission, age, education, car, district, house_value, house_years, amount]
              split: { by: time, train: 0.7 }
              numeric: { impute: median }
              categorical: { encode: onehot, maxCategories: 32 }
          train:     { component: train, inputs: { data: transform }, with: { trainer: lightgbm, seed: 7, params: { iterations: 60, leaves: "${params.leaves}", learningRate: 0.1 } } }
          evaluate:  { component: evaluate, inputs: { model: train, data: transform }, with: { slices: [education], require: { auc: { min: 0.7 } }, beat: { production: { auc: { by: 0 } } } } }
          push:      { component: push, inputs: { model: train, report: evaluate }, with: { model: {{name}} } }

        """;
}
