# One image for every role: which one a container has, Nexus__Roles says.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
# The publish step takes the symbols out of native libraries by strip.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends binutils \
    && rm -rf /var/lib/apt/lists/*
# What is restored changes more seldom than what is compiled.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY Nexus.Data/Nexus.Data.csproj Nexus.Data/
COPY Nexus.Inference/Nexus.Inference.csproj Nexus.Inference/
COPY Nexus.Jobs/Nexus.Jobs.csproj Nexus.Jobs/
COPY Nexus.Web/Nexus.Web.csproj Nexus.Web/
COPY db/Sqlite/Nexus.Migrations.Sqlite.csproj db/Sqlite/
COPY db/PostgreSql/Nexus.Migrations.PostgreSql.csproj db/PostgreSql/
COPY db/SqlServer/Nexus.Migrations.SqlServer.csproj db/SqlServer/
RUN dotnet restore Nexus.Web
COPY Nexus.Data Nexus.Data
COPY Nexus.Inference Nexus.Inference
COPY Nexus.Jobs Nexus.Jobs
COPY Nexus.Web Nexus.Web
COPY db db
RUN dotnet publish Nexus.Web --configuration Release --no-restore --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS portal
# LightGBM computes by OpenMP.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=1654 --group=1654 /data
COPY --from=build /app /app
# The root file system may be read-only: all that is written lies under /data, and what is short-lived under /tmp.
ENV Nexus__DataDirectory=/data \
    ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0
VOLUME ["/data"]
EXPOSE 8080
USER 1654:1654
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["dotnet", "/app/Nexus.Web.dll", "health", "http://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["dotnet", "/app/Nexus.Web.dll"]
